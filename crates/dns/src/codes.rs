//! The registries of the DNS header (IANA, "Domain Name System (DNS) Parameters").

/// A registry of numbers and their mnemonics.
#[derive(Debug)]
pub struct Registry {
    /// What its entries are, after "is no".
    pub what: &'static str,
    /// How many bits the protocol has for a number.
    pub bits: u8,
    /// The prefix under which any number can be written (`TYPE65280`, RFC 3597, section 5).
    pub prefix: &'static str,
    /// Assigned numbers and mnemonics; where two share a number, the first is canonical.
    pub entries: &'static [(u16, &'static str)],
}

impl Registry {
    /// The number that `text` means: a number, a mnemonic in any case, or the generic form.
    ///
    /// Unassigned numbers are numbers: the registries are open, and traffic holds what they don't.
    #[must_use]
    pub fn number(&self, text: &str) -> Option<u16> {
        let wanted = text.replace('_', "-");
        let assigned = self
            .entries
            .iter()
            .find(|(_, mnemonic)| mnemonic.eq_ignore_ascii_case(&wanted));
        if let Some((number, _)) = assigned {
            return Some(*number);
        }
        let digits = match text.get(..self.prefix.len()) {
            Some(head) if head.eq_ignore_ascii_case(self.prefix) => {
                text.get(self.prefix.len()..)?
            }
            _ => text,
        };
        let digits =
            Some(digits).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
        digits.parse().ok().filter(|number| self.holds(*number))
    }

    /// The mnemonic of a number, else its generic form.
    #[must_use]
    pub fn mnemonic(&self, number: u16) -> String {
        let assigned = self.entries.iter().find(|(known, _)| *known == number);
        assigned.map_or_else(
            || format!("{}{number}", self.prefix),
            |(_, mnemonic)| (*mnemonic).to_owned(),
        )
    }

    fn holds(&self, number: u16) -> bool {
        u32::from(number) < 1 << self.bits
    }
}

/// Response codes, with the eight bits that EDNS adds (RFC 6891, section 6.1.3).
pub static RCODES: Registry = Registry {
    what: "response code of at most twelve bits",
    bits: 12,
    prefix: "RCODE",
    entries: &[
        (0, "NOERROR"),
        (1, "FORMERR"),
        (2, "SERVFAIL"),
        (3, "NXDOMAIN"),
        (4, "NOTIMP"),
        (5, "REFUSED"),
        (6, "YXDOMAIN"),
        (7, "YXRRSET"),
        (8, "NXRRSET"),
        (9, "NOTAUTH"),
        (10, "NOTZONE"),
        (11, "DSOTYPENI"),
        (16, "BADVERS"),
        (16, "BADSIG"),
        (17, "BADKEY"),
        (18, "BADTIME"),
        (19, "BADMODE"),
        (20, "BADNAME"),
        (21, "BADALG"),
        (22, "BADTRUNC"),
        (23, "BADCOOKIE"),
    ],
};

/// Operation codes.
pub static OPCODES: Registry = Registry {
    what: "operation code of four bits",
    bits: 4,
    prefix: "OPCODE",
    entries: &[
        (0, "QUERY"),
        (1, "IQUERY"),
        (2, "STATUS"),
        (4, "NOTIFY"),
        (5, "UPDATE"),
        (6, "DSO"),
    ],
};

/// Classes.
pub static QCLASSES: Registry = Registry {
    what: "class of sixteen bits",
    bits: 16,
    prefix: "CLASS",
    entries: &[(1, "IN"), (3, "CH"), (4, "HS"), (254, "NONE"), (255, "ANY")],
};

/// Resource record types and query types.
pub static QTYPES: Registry = Registry {
    what: "resource record type of sixteen bits",
    bits: 16,
    prefix: "TYPE",
    entries: &[
        (1, "A"),
        (2, "NS"),
        (3, "MD"),
        (4, "MF"),
        (5, "CNAME"),
        (6, "SOA"),
        (7, "MB"),
        (8, "MG"),
        (9, "MR"),
        (10, "NULL"),
        (11, "WKS"),
        (12, "PTR"),
        (13, "HINFO"),
        (14, "MINFO"),
        (15, "MX"),
        (16, "TXT"),
        (17, "RP"),
        (18, "AFSDB"),
        (19, "X25"),
        (20, "ISDN"),
        (21, "RT"),
        (22, "NSAP"),
        (23, "NSAP-PTR"),
        (24, "SIG"),
        (25, "KEY"),
        (26, "PX"),
        (27, "GPOS"),
        (28, "AAAA"),
        (29, "LOC"),
        (30, "NXT"),
        (31, "EID"),
        (32, "NIMLOC"),
        (33, "SRV"),
        (34, "ATMA"),
        (35, "NAPTR"),
        (36, "KX"),
        (37, "CERT"),
        (38, "A6"),
        (39, "DNAME"),
        (40, "SINK"),
        (41, "OPT"),
        (42, "APL"),
        (43, "DS"),
        (44, "SSHFP"),
        (45, "IPSECKEY"),
        (46, "RRSIG"),
        (47, "NSEC"),
        (48, "DNSKEY"),
        (49, "DHCID"),
        (50, "NSEC3"),
        (51, "NSEC3PARAM"),
        (52, "TLSA"),
        (53, "SMIMEA"),
        (55, "HIP"),
        (56, "NINFO"),
        (57, "RKEY"),
        (58, "TALINK"),
        (59, "CDS"),
        (60, "CDNSKEY"),
        (61, "OPENPGPKEY"),
        (62, "CSYNC"),
        (63, "ZONEMD"),
        (64, "SVCB"),
        (65, "HTTPS"),
        (66, "DSYNC"),
        (67, "HHIT"),
        (68, "BRID"),
        (99, "SPF"),
        (100, "UINFO"),
        (101, "UID"),
        (102, "GID"),
        (103, "UNSPEC"),
        (104, "NID"),
        (105, "L32"),
        (106, "L64"),
        (107, "LP"),
        (108, "EUI48"),
        (109, "EUI64"),
        (128, "NXNAME"),
        (249, "TKEY"),
        (250, "TSIG"),
        (251, "IXFR"),
        (252, "AXFR"),
        (253, "MAILB"),
        (254, "MAILA"),
        (255, "ANY"),
        (256, "URI"),
        (257, "CAA"),
        (258, "AVC"),
        (259, "DOA"),
        (260, "AMTRELAY"),
        (261, "RESINFO"),
        (262, "WALLET"),
        (263, "CLA"),
        (264, "IPN"),
        (32768, "TA"),
        (32769, "DLV"),
    ],
};
