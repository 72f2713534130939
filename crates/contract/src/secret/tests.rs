//! What is a secret, and what only looks like one.

use super::*;

/// Long enough, with digits, and nobody's.
fn body(length: usize) -> String {
    "a1B2"
        .repeat(length.div_ceil(4))
        .chars()
        .take(length)
        .collect()
}

#[test]
fn credentials_are_recognised() {
    let web = format!("eyJ{}.eyJ{}.{}", "hbGciOi", "zdWIiOi", "a".repeat(20));
    let key = |kind: &str| format!("-----BEGIN {kind}{}-----\nMII", " PRIVATE KEY");
    let pgp = format!("-----BEGIN PGP{} BLOCK-----", " PRIVATE KEY");
    let amazon = format!("AKIA{}", "ABCDEFGH12345678");
    let of = |secret, texts: &[String]| {
        texts
            .iter()
            .map(|text| (text.clone(), secret))
            .collect::<Vec<_>>()
    };
    let tokens = [
        amazon.clone(),
        format!("id={amazon}"),
        format!("(\"{amazon}\")"),
        format!("key-{amazon}"),
        format!("a\n\t{amazon}\n"),
        format!("see ghp_{}", body(36)),
        format!("github_pat_{}", body(40)),
        format!("glpat-{}", body(20)),
        format!("xoxb-{}", body(24)),
        format!("Bearer hvs.{}", body(24)),
        format!("AIza{}", body(35)),
        format!("zc_{}", body(30)),
        format!("AGE-SECRET-KEY-1{}", "QPZRY9X8GF2TVDW0".repeat(4)),
        format!("glpat-{}", "aBcDeFgHiJ".repeat(2)),
        format!("hf_{}", "AbCdEfGhIjKlMnOp".repeat(2)),
        format!("key {}", "kV3xQ9bTz/7LmNp2RsWy+4HjCdFgUaEoIi8KqXvB"),
    ];
    let passwords = [
        "postgres://loader:s3cr3t!@db.example/x",
        "postgres://loader:pa/ss?w#rd@db.example/x",
        "postgres://loader:p@ss@db.example/x",
        "see https://ana:hunter22@example.org for it",
        "amqp://:hunter22@broker",
        "loader:hunter22@tcp(db.example:3306)/x",
        "Server=db;Uid=a;Pwd=hunter22;",
        "jdbc:mysql://h/db?user=a&password=hunter22",
        "user=a\npassword=hunter22\n",
        "user=a\tpassword=hunter22",
        "(password=hunter22)",
        "\"password\": \"hunter22\"",
        "{'password':'letmein'}",
        "password=pass/word",
        "password=a<b>c",
        "password=***secret",
        "password=${A}hunter22",
        "password=\"two words, really\"",
        "password = \"letmein\"",
        "api_key: 4f9a0c77d2b1",
        "api-key=4f9a0c77d2b1",
        "apikey=4f9a0c77d2b1",
        "X-Api-Key: 4f9a0c77d2b1",
        "token=4f9a0c77d2b1",
        "?token=4f9a0c77d2b1&a=b",
        "DB_PASSWORD=hunter22",
        "aws_secret_access_key=wJalrXUtnFEMIK7MDENGbPxRfiCY",
        "AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMIK7MDENGbPxRfiCY",
        "AccountKey=abcd1234==;EndpointSuffix=x",
        "client_secret=abcdefgh",
        "sasToken=sv2024abcd99",
        "pass=hunter22",
        "DB_PASS=hunter22",
        "hmac-sha256:key.example.:pRP5FapFoJ95JEL06sv4PQ==",
        "key \"a\" { algorithm hmac-sha256; secret \"pRP5FapFoJ95JEL06sv4PQ==\"; };",
        "Authorization: Basic dXNlcjpwYXNzd29yZA==",
        "authorization: bearer abc123def456ghi789",
        "https://a.blob.example/c?sv=2024-01-01&se=2026&sig=aB3%2FdE5fG7hI9jK1lM3nO5pQ7rS%3D",
        "https://b.example/k?X-Amz-Signature=0123456789abcdef0123456789abcdef",
        "jdbc:oracle:thin:scott/tigerpw99@//db.example/x",
        "scott/tigerpw99@//db.example:1521/x",
    ]
    .map(str::to_owned);
    let cases = [
        of(Secret::Token, &tokens),
        of(Secret::WebToken, &[web.clone(), format!("Bearer {web}")]),
        of(
            Secret::PrivateKey,
            &[key("RSA"), key("OPENSSH"), key("EC"), pgp],
        ),
        of(Secret::Password, &passwords),
    ];
    for (text, kind) in cases.concat() {
        assert_eq!(find(&text), Some(kind), "{text}");
    }
}

#[test]
fn ordinary_text_is_not() {
    for text in [
        "https://example.org/a:b@c",
        "https://example.org:8443/users/@ana",
        "https://example.org:8443?to=ana@example.org",
        "https://[2001:db8::1]:53/x@y",
        "mailto:noc@example.org",
        "ana@example.org: write to noc@example.org",
        "postgres://loader@db.example/x",
        "postgres://loader:${DB_PASSWORD}@db.example/x",
        "postgres://loader:<password>@db.example/x",
        "postgres://loader:***@db.example/x",
        "jdbc:postgresql://localhost:5432/adventureworks",
        "loader:${DB_PASSWORD}@tcp(db.example:3306)/x",
        "password=<your password>",
        "password=${DB_PASSWORD}",
        "password=${USER}-${PASSWORD}",
        "password=$DB_PASSWORD",
        "password={{ .Values.password }}",
        "password=%PASSWORD%",
        "password=***",
        "password=xxxxxxxx",
        "password=changeme",
        "password=vault://kv/resolvers",
        "password=env:DB_PASSWORD",
        "show_password=false",
        "the password is asked for at sign-in",
        "password: required, at least 12 characters",
        "Password: see the vault",
        "the token: an opaque identifier of the session",
        "token",
        "token_count: 12",
        "select token from sessions where token = o.token",
        "count(*) where secret = true",
        "next_page_token=opaque",
        "tokens: subword units (BPE)",
        "primary_key: true",
        "primary key = id2024 and more",
        "partition_key=2024-01-02",
        "monkey=business1",
        "ghp_short",
        "glpat-xxxxxxxxxxxxxxxxxxxx",
        "Basic authentication is off",
        "basic validation1234",
        "the bearer of the token-of-resolvers",
        "Bearer ${TOKEN_OF_THE_PIPELINE_1}",
        "hmac-sha256:keyed",
        "secret \"of the resolver\"",
        "compass=northwest",
        "bypass=always2024",
        "jdbc:oracle:thin:@//db.example/x",
        "jdbc:oracle:thin:scott/${PW}@//db.example/x",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "2BB183AF5F22588179A53B0A98631FAD1A292118",
        "s3://Warehouse/Resolvers2024/RecursiveQueriesBr",
        "sig=none",
        "1.2.3.eyJ",
        "eyJ.eyJ.",
        "AKIABAR",
        "AKIAIOSFODNN7EXAMPLE",
        "zc_",
        "sk-learn-2024-models",
        "a public key: -----BEGIN PUBLIC KEY-----",
        "The private key is kept elsewhere",
        "resolver latency: 12ms; cache-hit=0.93",
        "urn:uuid:4f9a0c77-d2b1-4f9a-8c77-d2b14f9a0c77",
    ] {
        assert_eq!(find(text), None, "{text}");
    }
}

#[test]
fn names_of_credentials_are_known_in_every_spelling() {
    for name in [
        "password",
        "passwords",
        "pass",
        "dbPass",
        "dbPassword",
        "DB-PASSWORD",
        "api_key",
        "apiKey",
        "client secret",
        "aws.secret.access.key",
    ] {
        assert!(names_credential(name), "{name}");
        assert!(is_named(name, "letmein"), "{name}");
        assert!(!is_named(name, "${FROM_ELSEWHERE}"), "{name}");
    }
    for name in [
        "token",
        "session_secret",
        "tokens",
        "credentials",
        "tsigKey",
        "hmac_key",
        "encryptionKey",
    ] {
        assert!(is_named(name, "4f9a0c77d2b1"), "{name}");
        assert!(!is_named(name, "opaque identifier"), "{name}");
    }
    for name in [
        "primaryKey",
        "partitionKey",
        "keyEpoch",
        "name",
        "compass",
        "",
    ] {
        assert!(!is_named(name, "4f9a0c77d2b1"), "{name}");
    }
}

#[test]
fn place_holders_are_the_whole_value() {
    for value in [
        "",
        "***",
        "<password>",
        "${A}",
        "${A}/${B}",
        "{{ a }}",
        "$A_1",
        "changeme",
        "vault:kv/a",
        "op://a/b/c",
        "YOUR_KEY",
    ] {
        assert!(is_placeholder(value), "{value}");
    }
    for value in [
        "a***",
        "<a>b",
        "hunter<22>",
        "${A}hunter22",
        "$ecret",
        "pa://ss@x",
        "changeme2",
        "<>",
    ] {
        assert!(!is_placeholder(value), "{value}");
    }
}
