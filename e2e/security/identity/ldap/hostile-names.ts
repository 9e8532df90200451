/** Names that an unescaped filter would take for more than a name. */
export const hostileNames = [
  ...["*", "**", "o*", "*a", "ol*ia", "\\2a", "\\*", "%2a", "＊"],
  ...[")", "(", "()", "))", "olivia)", "(olivia", "\\", "\\\\", "olivia\\"],
  ...["olivia)(uid=*", "*)(uid=*))(|(uid=*", "olivia)(|(uid=*)", "olivia)(!(uid=x)", "x)(|(uid=olivia"],
  ...["olivia)(&)", "olivia)(objectClass=*", "*)(objectClass=*", "olivia))(&(objectClass=*", "x)(|(mail=*"],
  ...["*)(userPassword=*", "olivia)(userPassword=a*", "*))%00", "olivia)%00", "olivia\u0000", "\u0000"],
  ...["olivia\u0000)(uid=*", "admin)(&(1=1", "*)(|(&", "!", "!(uid=x)", "&", "|", "&(uid=*)", "|(uid=*)"],
  ...["=*", ">=a", "~=olivia", ":=olivia", "uid=olivia", "(uid=olivia)", "uid:dn:=olivia", "uid:=olivia"],
  ...["1.1", "+", "{username}", "{dn}", "${username}", "$&", "$1", "$`", "'", '"', "' or '1'='1", "olivia;"],
  ...["\\6f\\6c\\69\\76\\69\\61", "\\6folivia", "\\5c2a", "\\28", "\\", "\\g0", "\\2", "oliviа"],
  ...[
    "cn=olivia,ou=people",
    "uid=olivia,ou=people,dc=directory,dc=test",
    ",",
    "#",
    "<script>",
    "..",
    "../olivia",
  ],
  ...["", " ", "\t", "\n", "\r\n", "a".repeat(257), "*".repeat(256), "(".repeat(256), "\uD800", "\uFFFD"],
].filter((name, index, all) => all.indexOf(name) === index);

/** What a bind could take for no password, or for another one. */
export const hostilePasswords = [
  ...["", " ", "\u0000", "*", "x\u0000", "{SSHA}", "{CLEARTEXT}", "undefined", "null", "a".repeat(1025)],
];
