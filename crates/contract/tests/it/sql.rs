//! Columns in queries: what is no column is found, and whatever may be one is left alone.

use std::time::{Duration, Instant};

use zonecut_contract::lint_document;

const CONTRACT: &str = "\
apiVersion: v3.1.0
kind: DataContract
id: fixture
version: 1.0.0
status: active
servers:
  - {server: lake, type: trino, host: h, port: 1, catalog: dns, schema: live}
schema:
  - name: queries
    physicalName: live.dns_queries
    quality:
      - {name: rule, type: sql, query: QUERY, mustBe: 0}
    properties:
      - {name: query_time, logicalType: timestamp}
      - {name: latency, physicalName: latency_ms, logicalType: integer}
      - {name: site, logicalType: string}
      - {name: answers, logicalType: array, items: {logicalType: object, properties: [{name: rdata, logicalType: string}]}}
  - name: sites
    properties:
      - {name: site, logicalType: string}
      - {name: country, logicalType: string}
  - name: raw
";

/// What is said of the columns of a query, each with its place.
fn said(query: &str) -> Vec<String> {
    let text = CONTRACT.replace("QUERY", &format!("{query:?}"));
    let findings = lint_document("a.yaml", text.as_bytes()).findings;
    let mut said = Vec::new();
    for finding in findings {
        assert_ne!(finding.rule, "sql-invalid", "{query}: {}", finding.message);
        if finding.rule == "sql-column-unknown" {
            let name = finding.message.split('`').nth(1).unwrap();
            said.push(format!("{name} ({})", finding.help));
        }
    }
    said
}

#[test]
fn a_rule_reads_and_changes_nothing() {
    let told = |query: &str| {
        let text = CONTRACT.replace("QUERY", &format!("{query:?}"));
        let findings = lint_document("a.yaml", text.as_bytes()).findings;
        let told = findings.iter().find(|it| it.rule == "sql-invalid");
        told.map(|it| it.message.clone())
    };
    for (query, word) in [
        ("DROP TABLE queries", "drop"),
        ("-- why\ndelete from ${object} where latency < 0", "delete"),
        ("Insert into queries select * from raw", "insert"),
        ("truncate queries", "truncate"),
    ] {
        let message = told(query).unwrap_or_default();
        assert!(
            message.contains(&format!("begins with `{word}`")),
            "{query}: {message}"
        );
    }
    for query in [
        "select count(*) from queries where site = 'drop'",
        "call check_queries()",
        "updated > 3",
    ] {
        assert_eq!(told(query), None, "{query}");
    }
}

#[test]
fn columns_that_no_table_has_are_found() {
    for (query, wrong) in [
        (
            "select latncy from ${object}",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select latncy from queries",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select latncy from live.dns_queries",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select latncy from dns.live.queries",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select latncy from {schema}.queries",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select `latncy` from {object}",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select q.latncy from {object} q",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select 1 from {object} q join sites s on q.site = s.siet",
            "siet (did you mean `site`?)",
        ),
        (
            "select 1 from {object} where site in (select siet from sites)",
            "siet (did you mean `site`?)",
        ),
        (
            "select 1 from sites s where exists (select 1 from {object} q where q.site = s.siet)",
            "siet (did you mean `site`?)",
        ),
        (
            "with l as (select latncy from {object}) select count(*) from l",
            "latncy (did you mean `latency`?)",
        ),
        (
            "with l as (select latency from {object}) select latncy from l",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select latncy from (select latency from {object}) as l",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select latency from {object} union all select siet from sites",
            "siet (did you mean `site`?)",
        ),
        (
            "select count(*) from {object} group by siet",
            "siet (did you mean `site`?)",
        ),
        (
            "select 1 from {object} order by siet",
            "siet (did you mean `site`?)",
        ),
        (
            "select sum(case when latncy > 0 then 1 end) from {object}",
            "latncy (did you mean `latency`?)",
        ),
        (
            "select max(latency) over (partition by siet) from {object}",
            "siet (did you mean `site`?)",
        ),
        (
            "select colour from {object}",
            "colour (write the name of a column that the contract has)",
        ),
    ] {
        assert_eq!(said(query), [wrong], "{query}");
    }
    assert_eq!(said("select a, b, A from sites").len(), 2);
}

#[test]
fn what_may_be_a_column_is_left_alone() {
    for query in [
        // Columns, in every way to name one.
        "select LATENCY, latency_ms, query_time from {object}",
        "select queries.latency, live.dns_queries.latency from live.dns_queries",
        "select q.answers.rdata, answers.rdata from {object} q",
        "select {property}, q.${column}, {prefix}_suffix from {object} q",
        "select latency as l from {object} where l > 0 order by l",
        "select 1 from {object} q where exists (select 1 from sites where country = latency)",
        "with l as (select latency as late from {object}) select late from l",
        "with l as (select s.site from sites s) select l.site from l",
        "select count(q) from {object} q",
        // Tables that nobody knows.
        "select colour from elsewhere",
        "select colour from other.queries",
        "select colour from {object}, elsewhere",
        "select colour from raw",
        "select colour from {another}",
        "select colour from unnest(array[1, 2]) as t",
        "select r from {object} cross join unnest(answers) as t(r)",
        "select e.colour from {object} join elsewhere e on true",
        "select colour from {object} q(a, b, c, colour)",
        // Columns that nobody knows.
        "with l as (select * from {object}) select colour from l",
        "with l(colour) as (select site from sites) select colour from l",
        "with recursive l as (select 1 as n union all select n + 1 from l) select n from l",
        "select count from (select count(*) from {object}) as l",
        "select * from {object}",
        // Words of dialects.
        "select date_trunc(day, query_time), datediff(hour, query_time, current_timestamp) from {object}",
        "select 1 from {object} where query_time < sysdate and rownum < 5 and user = site",
        "select 1 from {object} where site = \"gru\"",
        "select 1 from {object} where any_match(answers, a -> a.rdata is null)",
        "select 1 from {object} where _partitiontime is null and @limit > 1",
        "select interval 1 day, extract(epoch from query_time), cast(latency as text) from {object}",
        "select colour",
    ] {
        assert_eq!(said(query), [""; 0], "{query}");
    }
}

#[test]
fn the_place_is_that_of_the_name() {
    let text = CONTRACT.replace(
        "query: QUERY",
        "query: 'select 1 from ${object} where site = 1 and latncy < 0'",
    );
    let findings = lint_document("a.yaml", text.as_bytes()).findings;
    let [finding] = findings.as_slice() else {
        panic!("{findings:?}");
    };
    let line = text.lines().nth(finding.at.line as usize - 1).unwrap();
    let found: String = line.chars().skip(finding.at.column as usize - 1).collect();
    assert!(found.starts_with("latncy"), "{found}");
    assert_eq!(finding.path, "queries.quality[rule]");
}

/// However a document spends what may be spent on its queries, it is soon looked through.
#[test]
fn no_queries_are_slow_to_look_at() {
    let repeated = |count: usize, part: &dyn Fn(usize) -> String| -> String {
        (0..count).map(part).collect::<Vec<_>>().join(", ")
    };
    let columns = repeated(4000, &|index| format!("{{name: column_{index}}}"));
    let missing = repeated(150, &|index| format!("colum_{index}"));
    let joined = repeated(700, &|_| "o".to_owned());
    let common = repeated(110, &|index| format!("c{index} as (select colum from o)"));
    let union = vec!["select colum from o"; 150].join(" union ");
    for (name, count, query) in [
        ("small", 1300, "select colum from o".to_owned()),
        ("missing", 16, format!("select {missing} from o")),
        ("joined", 16, format!("select {missing} from {joined}")),
        ("common", 16, format!("with {common} select 1 from o")),
        ("union", 16, union),
    ] {
        let rules = repeated(count, &|_| {
            format!("{{type: sql, query: {query:?}, mustBe: 0}}")
        });
        let text = format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nschema:\n  - name: o\n    quality: [{rules}]\n    properties: [{columns}]\n"
        );
        let begun = Instant::now();
        let linted = lint_document("a.yaml", text.as_bytes());
        assert!(linted.readable);
        let rules: Vec<&str> = linted.findings.iter().map(|it| it.rule.as_str()).collect();
        assert_eq!(
            rules.contains(&"sql-column-unknown"),
            name != "joined",
            "{name}"
        );
        println!("{name}: {:?}", begun.elapsed());
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{name}: {:?}",
            begun.elapsed()
        );
    }
}

/// Chains are as deep as they are long.
#[test]
fn long_and_deep_queries_are_looked_at_without_running_out_of_stack() {
    let chain = format!(
        "select 1 from {{object}} where latncy{}",
        " + 1".repeat(900)
    );
    assert_eq!(said(&chain).len(), 1);
    let nested = (0..8).fold("latncy".to_owned(), |inner, _| format!("({inner})"));
    assert_eq!(said(&format!("select {nested} from {{object}}")).len(), 1);
    let many: Vec<String> = (0..400).map(|index| format!("c{index}")).collect();
    assert_eq!(
        said(&format!("select {} from {{object}}", many.join(", "))).len(),
        200
    );
}
