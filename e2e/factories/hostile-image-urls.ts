/** Addresses of images that no cluster may be sent to: everything inside a company's network, in every spelling. */
const insideHosts = [
  ...[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7F.0x0.0x0.0x1",
    "017700000001",
  ],
  ...[
    "0177.0.0.1",
    "0177.0.0.01",
    "127.0.0.1.",
    "127.255.255.254",
    "0",
    "0.0.0.0",
    "00000000000000000000000000000000",
  ],
  ...[
    "10.0.0.1",
    "0xa000001",
    "012.0.0.1",
    "10.1",
    "167772161",
    "172.16.0.1",
    "172.31.255.255",
    "0xac.0x10.1",
  ],
  ...[
    "192.168.1.1",
    "3232235777",
    "192.168.257",
    "0xc0a80101",
    "100.64.0.1",
    "169.254.169.254",
    "2852039166",
  ],
  ...[
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "169.254.169.254.",
    "100.100.100.200",
    "168.63.129.16",
  ],
  ...[
    "192.0.0.192",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "198.18.0.1",
    "203.0.113.7",
    "240.0.0.1",
  ],
  ...["[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]"],
  ...[
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::10.0.0.1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
  ],
  ...["[fd00:ec2::254]", "[fd20:ce::254]", "[ff02::1]", "[fec0::1]", "[2001:db8::1]", "[::ffff:0:127.0.0.1]"],
  ...["localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain", "printer.local"],
  ...["metadata.google.internal", "metadata", "instance-data", "db.internal", "vault.corp", "wiki.intranet"],
  ...["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"],
  ...["cdi-uploadproxy.cdi.svc", "minio.storage.svc", "minio.storage.svc.company.example", "x.cluster.local"],
  ...["registry", "router.lan", "nas.home.arpa", "127.0.0.1.nip.io", "10-0-0-1.sslip.io", "localtest.me"],
] as const;

/** Fullwidth and circled digits, ideographic stops, percent signs: spellings that a URL parser may turn into an address. */
const foldedHosts = [
  ...[
    "１２７.0.0.1",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "ｌocalhost",
    "localhos%74",
    "xn--127-0-0-1-.local",
  ],
  ...["169.254.169.254%00.example.com", "[fe80::1%25eth0]", "[::ffff:127.0.0.1"],
] as const;

/** Whole addresses that are wrong in another part than the host. */
const wrongAddresses = [
  ...[
    "http://images.example.com/disk.qcow2",
    "HTTP://images.example.com/disk.qcow2",
    "ftp://images.example.com/d.img",
  ],
  ...[
    "file:///etc/passwd",
    "gopher://images.example.com/_x",
    "data:text/plain,x",
    "javascript:alert(1)",
    "//host/x",
  ],
  ...[
    "https:images.example.com/disk.img",
    "https:///images.example.com/disk.img",
    "https:\\\\images.example.com\\x",
  ],
  ...[
    "https://user:secret@images.example.com/d.img",
    "https://user@images.example.com/d.img",
    "https://@10.0.0.1/x",
  ],
  ...[
    "https://images.example.com@10.0.0.1/d.img",
    "https://images.example.com:22/d.img",
    "https://images.example.com:80/d",
  ],
  ...[
    "https://images.example.com:6/x",
    "https://images.example.com:0/x",
    "https://images.example.com:99999/x",
  ],
  ...[
    "https://images.example.com/d.img#part",
    "https://images.example.com/../../etc/passwd",
    "https://images.example.com",
  ],
  ...[
    "https://images.example.com/%2e%2e/x",
    "https://images.example.com/a%00b",
    "https://images.example.com/a\r\nHost: x",
  ],
  ...[
    "https://images.example.com/a b",
    "https://images.example.com/\u202egmi.d",
    "https://images.exa\u00admple.com/x\u0000",
  ],
  ...[
    "",
    " https://images.example.com/d.img",
    "https://",
    "https://.",
    "https://..../x",
    `https://${"a".repeat(2100)}.com/x`,
  ],
] as const;

/** For an import by https. */
export const hostileImageUrls: readonly string[] = [
  ...[...insideHosts, ...foldedHosts].map((host) => `https://${host}/images/disk.qcow2`),
  ...wrongAddresses,
];

/** For a container disk; the registry is the first part of the reference. */
export const hostileReferences: readonly string[] = [
  ...[...insideHosts, ...foldedHosts].map((host) => `${host}/disks/ubuntu:24.04`),
  ...[
    "docker://127.0.0.1:5000/disks/ubuntu",
    "docker://docker://quay.io/x/y",
    "http://quay.io/x/y",
    "oci://quay.io/x/y",
  ],
  ...[
    "quay.io",
    "quay.io/",
    "ubuntu",
    "library/ubuntu:24.04",
    "quay.io/Upper/Case",
    "quay.io/../x",
    "quay.io/x/../y",
  ],
  ...[
    "user:secret@quay.io/x/y",
    "quay.io:22/x/y",
    "quay.io/x/y@sha256:short",
    "quay.io/x y",
    "quay.io/x?y=z",
    "quay.io/x#y",
  ],
];
