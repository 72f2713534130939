//! The table: one entry for each meaning a field of DNS data can have.

use crate::codes::{OPCODES, QCLASSES, QTYPES, RCODES};
use crate::types::{Family, PrivacyClass, SemanticType, Values};
use crate::units::Dimension;

/// What most entries leave out.
const PLAIN: SemanticType = SemanticType {
    name: "",
    description: "",
    family: Family::Text,
    privacy: PrivacyClass::None,
    values: Values::Any,
    measures: None,
    canonical_form: None,
    least_bits: None,
    hides: None,
    reference: "",
};

const fn name(
    name: &'static str,
    privacy: PrivacyClass,
    description: &'static str,
) -> SemanticType {
    SemanticType {
        name,
        description,
        family: Family::Name,
        privacy,
        values: Values::Name,
        canonical_form: Some("lowercase-fqdn"),
        reference: "RFC 1035, section 2.3.4",
        ..PLAIN
    }
}

const fn address(
    name: &'static str,
    privacy: PrivacyClass,
    description: &'static str,
) -> SemanticType {
    SemanticType {
        name,
        description,
        family: Family::Address,
        privacy,
        values: Values::Address,
        canonical_form: Some("rfc5952"),
        reference: "RFC 5952",
        ..PLAIN
    }
}

const fn instant(name: &'static str, description: &'static str) -> SemanticType {
    SemanticType {
        name,
        description,
        family: Family::Timestamp,
        canonical_form: Some("utc"),
        reference: "RFC 3339",
        ..PLAIN
    }
}

const fn quantity(
    name: &'static str,
    measures: Dimension,
    description: &'static str,
) -> SemanticType {
    SemanticType {
        name,
        description,
        family: Family::Number,
        values: Values::Quantity,
        measures: Some(measures),
        ..PLAIN
    }
}

/// A whole number of a protocol field of `bits` bits.
const fn field(
    name: &'static str,
    bits: u8,
    reference: &'static str,
    description: &'static str,
) -> SemanticType {
    SemanticType {
        name,
        description,
        family: Family::Code,
        values: Values::Integer {
            min: 0,
            max: (1 << bits) - 1,
        },
        least_bits: Some(bits),
        reference,
        ..PLAIN
    }
}

const fn text(name: &'static str, description: &'static str) -> SemanticType {
    SemanticType {
        name,
        description,
        ..PLAIN
    }
}

pub(crate) static DICTIONARY: [SemanticType; 44] = [
    // What was asked and answered.
    SemanticType {
        hides: Some(
            "a name of the reverse zones (`4.3.2.1.in-addr.arpa`) spells an address in full",
        ),
        ..name("dns.qname", PrivacyClass::Personal, "the name asked for")
    },
    name(
        "dns.registrable_domain",
        PrivacyClass::None,
        "the public suffix of a name and one label more",
    ),
    name("dns.zone", PrivacyClass::None, "the apex of a zone"),
    name(
        "dns.nameserver",
        PrivacyClass::None,
        "the name of a name server",
    ),
    name(
        "dns.name",
        PrivacyClass::None,
        "any other domain name, such as the owner of a record",
    ),
    SemanticType {
        values: Values::Code(&QTYPES),
        canonical_form: Some("mnemonic"),
        ..field(
            "dns.qtype",
            16,
            "RFC 1035, section 3.2.3",
            "the type asked for, an open registry",
        )
    },
    SemanticType {
        values: Values::Code(&QTYPES),
        canonical_form: Some("mnemonic"),
        ..field(
            "dns.rrtype",
            16,
            "RFC 1035, section 3.2.2",
            "the type of a resource record",
        )
    },
    SemanticType {
        values: Values::Code(&QCLASSES),
        canonical_form: Some("mnemonic"),
        ..field(
            "dns.qclass",
            16,
            "RFC 1035, section 3.2.4",
            "the class asked for",
        )
    },
    SemanticType {
        values: Values::Code(&RCODES),
        canonical_form: Some("mnemonic"),
        ..field(
            "dns.rcode",
            12,
            "RFC 6891, section 6.1.3",
            "the response code with its extended bits: twelve, so that eight do not hold it",
        )
    },
    SemanticType {
        values: Values::Code(&OPCODES),
        canonical_form: Some("mnemonic"),
        ..field(
            "dns.opcode",
            4,
            "RFC 1035, section 4.1.1",
            "the kind of query",
        )
    },
    SemanticType {
        reference: "RFC 1035, section 3.3",
        ..text(
            "dns.rdata",
            "the data of a resource record in presentation form",
        )
    },
    SemanticType {
        family: Family::Number,
        values: Values::Integer {
            min: 0,
            max: (1 << 31) - 1,
        },
        least_bits: Some(31),
        measures: Some(Dimension::Duration),
        ..field(
            "dns.ttl",
            31,
            "RFC 2181, section 8",
            "time to live, in seconds unless a unit says otherwise",
        )
    },
    field(
        "dns.soa_serial",
        32,
        "RFC 1982",
        "the serial of a zone, in sequence space",
    ),
    field(
        "dns.flags",
        16,
        "RFC 1035, section 4.1.1",
        "the second sixteen bits of the header",
    ),
    field(
        "dns.message_id",
        16,
        "RFC 1035, section 4.1.1",
        "the identifier that pairs query and response",
    ),
    field(
        "dns.extended_error",
        16,
        "RFC 8914, section 4",
        "an extended DNS error code",
    ),
    field(
        "dns.edns_version",
        8,
        "RFC 6891, section 6.1.3",
        "the version of EDNS",
    ),
    field(
        "dns.udp_payload_size",
        16,
        "RFC 6891, section 6.2.3",
        "the greatest response the sender takes over UDP",
    ),
    // What carries somebody along.
    SemanticType {
        name: "dns.wire_message",
        description: "the message as it was on the wire",
        family: Family::Wire,
        privacy: PrivacyClass::Carrier,
        hides: Some("it holds the question, and with EDNS the client's network, cookie and device"),
        reference: "RFC 1035, section 4",
        ..PLAIN
    },
    SemanticType {
        name: "dns.edns_options",
        description: "EDNS options undecoded",
        family: Family::Wire,
        privacy: PrivacyClass::Carrier,
        hides: Some(
            "options hold the client's network (8), cookie (10) and vendors' device identifiers (65001 and on)",
        ),
        reference: "RFC 6891, section 6.1.2",
        ..PLAIN
    },
    SemanticType {
        name: "dns.ecs",
        description: "EDNS Client Subnet: the network of the client behind a forwarder",
        family: Family::Address,
        privacy: PrivacyClass::Carrier,
        values: Values::ClientSubnet,
        canonical_form: Some("rfc5952-prefix"),
        hides: Some("it is the client's network, often the whole address"),
        reference: "RFC 7871, section 6",
        ..PLAIN
    },
    SemanticType {
        name: "dns.cookie",
        description: "a DNS cookie: eight octets of the client, and eight to thirty-two of the server",
        family: Family::Text,
        privacy: PrivacyClass::Carrier,
        values: Values::Hex { min: 8, max: 40 },
        canonical_form: Some("lowercase-hex"),
        hides: Some(
            "it stays the same for one client and server, so that it joins what a mask has parted",
        ),
        reference: "RFC 7873, section 4",
        ..PLAIN
    },
    SemanticType {
        privacy: PrivacyClass::Carrier,
        hides: Some(
            "it names the device behind the address: a hardware address, an IMEI, a host name",
        ),
        ..text("net.device_id", "an identifier of the client's device")
    },
    SemanticType {
        privacy: PrivacyClass::Personal,
        ..text(
            "net.subscriber_id",
            "an account, line or user name of a subscriber",
        )
    },
    // Who and where.
    address(
        "net.client_ip",
        PrivacyClass::Personal,
        "the address the query came from",
    ),
    address(
        "net.server_ip",
        PrivacyClass::None,
        "the address of a server",
    ),
    address(
        "net.ip",
        PrivacyClass::None,
        "any other address, such as that of an answer",
    ),
    SemanticType {
        name: "net.client_prefix",
        description: "the network of a client, where its address has been shortened",
        family: Family::Address,
        values: Values::ClientSubnet,
        canonical_form: Some("rfc5952-prefix"),
        reference: "RFC 4632",
        ..PLAIN
    },
    field(
        "net.client_port",
        16,
        "RFC 768",
        "the port the query came from",
    ),
    field("net.server_port", 16, "RFC 768", "the port of a server"),
    field("net.port", 16, "RFC 768", "any other port"),
    field(
        "net.asn",
        32,
        "RFC 6793",
        "an autonomous system number: four octets",
    ),
    SemanticType {
        values: Values::Words(&["udp", "tcp", "quic", "icmp", "icmp6", "sctp"]),
        canonical_form: Some("lowercase"),
        ..text("net.protocol", "the transport protocol of IP")
    },
    SemanticType {
        values: Values::Words(&[
            "udp",
            "tcp",
            "dot",
            "doh",
            "doh3",
            "doq",
            "dnscrypt-udp",
            "dnscrypt-tcp",
        ]),
        canonical_form: Some("lowercase"),
        reference: "RFC 9499, section 6",
        ..text("dns.transport", "how DNS was carried")
    },
    text("net.site", "a site or point of presence of the operator"),
    text(
        "dns.resolver_site",
        "the site of the resolver that served the query",
    ),
    SemanticType {
        values: Values::Country,
        canonical_form: Some("uppercase"),
        reference: "ISO 3166-1",
        ..text("geo.country", "a country")
    },
    SemanticType {
        values: Values::Words(&["hit", "miss", "stale", "prefetch", "expired", "refused"]),
        canonical_form: Some("lowercase"),
        reference: "RFC 8767",
        ..text("dns.cache_status", "what the cache had")
    },
    // When, and how much.
    instant("time.query", "when the query arrived"),
    instant("time.response", "when the response left"),
    instant(
        "time.window_start",
        "the beginning of the interval a row sums up",
    ),
    instant(
        "time.window_end",
        "the end of the interval a row sums up, itself outside it",
    ),
    quantity("dns.latency", Dimension::Duration, "from query to response"),
    quantity(
        "dns.message_size",
        Dimension::Data,
        "the length of a message",
    ),
];
