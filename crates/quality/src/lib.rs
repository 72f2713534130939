//! Promises as expectations with deadlines; incidents as a state machine.
