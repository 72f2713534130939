//! The names of columns in an expression.
//!
//! What an expression holds besides is left alone: a name that is not collected is never reported.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident,
    InTarget, OrderByExpr, Query, WindowType,
};

/// The names in expressions, and the queries within them.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// Each with what qualifies it before it.
    pub(super) columns: Vec<&'a [Ident]>,
    pub(super) queries: Vec<&'a Query>,
}

impl<'a> Names<'a> {
    /// Adds those of an expression. Chains of operators are as deep as they are long, so the way is kept
    /// in a list rather than on the stack.
    pub(super) fn of(&mut self, expression: &'a Expr) {
        let mut left = vec![expression];
        while let Some(expression) = left.pop() {
            self.step(expression, &mut left);
        }
    }

    pub(super) fn of_order(&mut self, order: &'a [OrderByExpr]) {
        for order in order {
            self.of(&order.expr);
        }
    }

    fn step(&mut self, expression: &'a Expr, left: &mut Vec<&'a Expr>) {
        match expression {
            Expr::Identifier(name) => self.columns.push(std::slice::from_ref(name)),
            Expr::CompoundIdentifier(names) => self.columns.push(names),
            Expr::CompoundFieldAccess { root: only, .. }
            | Expr::JsonAccess { value: only, .. }
            | Expr::IsFalse(only)
            | Expr::IsNotFalse(only)
            | Expr::IsTrue(only)
            | Expr::IsNotTrue(only)
            | Expr::IsNull(only)
            | Expr::IsNotNull(only)
            | Expr::UnaryOp { expr: only, .. }
            | Expr::Cast { expr: only, .. }
            | Expr::Extract { expr: only, .. }
            | Expr::Ceil { expr: only, .. }
            | Expr::Floor { expr: only, .. }
            | Expr::Substring { expr: only, .. }
            | Expr::Trim { expr: only, .. }
            | Expr::Collate { expr: only, .. }
            | Expr::AtTimeZone {
                timestamp: only, ..
            }
            | Expr::Nested(only) => left.push(only),
            Expr::BinaryOp { left: a, op, right } if is_plain(op) => left.extend([&**a, &**right]),
            Expr::IsDistinctFrom(a, b) | Expr::IsNotDistinctFrom(a, b) => {
                left.extend([&**a, &**b]);
            }
            Expr::Like { expr, pattern, .. }
            | Expr::ILike { expr, pattern, .. }
            | Expr::SimilarTo { expr, pattern, .. }
            | Expr::RLike { expr, pattern, .. } => left.extend([&**expr, &**pattern]),
            Expr::Between {
                expr, low, high, ..
            } => left.extend([&**expr, &**low, &**high]),
            Expr::In { expr, target, .. } => {
                left.push(expr);
                match target {
                    InTarget::List(list) => left.extend(list),
                    InTarget::Subquery(query) => self.queries.push(query),
                    _ => {}
                }
            }
            Expr::Case {
                operand,
                conditions,
                else_result,
                ..
            } => {
                left.extend(operand.iter().chain(else_result).map(|it| &**it));
                left.extend(conditions.iter().flat_map(|it| [&it.condition, &it.result]));
            }
            Expr::Tuple(list) => left.extend(list),
            Expr::Exists { subquery, .. } | Expr::Subquery(subquery) => self.queries.push(subquery),
            Expr::Function(function) => self.function(function, left),
            _ => {}
        }
    }

    fn function(&mut self, function: &'a Function, left: &mut Vec<&'a Expr>) {
        match &function.args {
            FunctionArguments::List(list) => left.extend(list.args.iter().filter_map(argument)),
            FunctionArguments::Subquery(query) => self.queries.push(query),
            FunctionArguments::None => {}
        }
        left.extend(function.filter.as_deref());
        left.extend(function.within_group.iter().map(|order| &order.expr));
        if let Some(WindowType::WindowSpec(window)) = &function.over {
            left.extend(&window.partition_by);
            left.extend(window.order_by.iter().map(|order| &order.expr));
        }
    }
}

fn argument(argument: &FunctionArg) -> Option<&Expr> {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => Some(expression),
        _ => None,
    }
}

/// Arithmetic, comparison and logic; other operators reach into values, or bind names of their own.
fn is_plain(operator: &BinaryOperator) -> bool {
    use BinaryOperator::{
        And, Divide, Eq, Gt, GtEq, Lt, LtEq, Minus, Modulo, Multiply, NotEq, Or, Plus, Spaceship,
        StringConcat, Xor,
    };
    matches!(
        operator,
        And | Divide
            | Eq
            | Gt
            | GtEq
            | Lt
            | LtEq
            | Minus
            | Modulo
            | Multiply
            | NotEq
            | Or
            | Plus
            | Spaceship
            | StringConcat
            | Xor
    )
}
