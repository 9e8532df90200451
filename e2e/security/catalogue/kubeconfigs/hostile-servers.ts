import { withCluster, type HostileKubeconfig, type Parts } from "./base";

/** Addresses that no cluster is reached at. */
export function hostileServers(parts: Parts): HostileKubeconfig[] {
  const { port } = new URL(parts.server);
  const servers = [
    ...[`http://127.0.0.1:${port}`, `HTTP://127.0.0.1:${port}`, "unix:///var/run/docker.sock"],
    ...["http+unix://%2Fvar%2Frun%2Fdocker.sock", "https+unix://%2Frun%2Fk8s.sock", "file:///etc/passwd"],
    ...[`ftp://127.0.0.1:${port}`, `//127.0.0.1:${port}`, `127.0.0.1:${port}`, "javascript:alert(1)"],
    ...[
      `https://admin:secret@127.0.0.1:${port}`,
      `https://admin@127.0.0.1:${port}`,
      `https://@127.0.0.1:${port}`,
    ],
    ...["https://169.254.169.254/latest/meta-data", "https://0xa9fea9fe", "https://2852039166"],
    ...[
      "https://[fe80::1]",
      "https://[::ffff:169.254.169.254]",
      "https://[fd00:ec2::254]",
      "https://0.0.0.0",
    ],
    ...["https://100.100.100.200", "https://168.63.129.16", "https://224.0.0.1", "https://[ff02::1]"],
    ...["https://[64:ff9b::a9fe:a9fe]", "https://[::]", "https://255.255.255.255"],
    ...[`https://127.0.0.1:${port}?x=1`, `https://127.0.0.1:${port}#x`, `https://127.0.0.1:${port}/a/../b`],
    ...[`https://127.0.0.1:${port}/%2e%2e/b`, `https:\\\\127.0.0.1:${port}`, `https:127.0.0.1:${port}`],
    ...[`https:///127.0.0.1:${port}`, "https://127.0.0.1:99999", "https://127.0.0.1:-1", "https://"],
    ...["https://a b", `https://127.0.0.1:${port}/\u0000`, `https://127.0.0.1:${port}\r\nHost: x`, ""],
  ];
  return servers.map((server) => ({
    title: `the server ${JSON.stringify(server)}`,
    text: withCluster(parts, { server }),
  }));
}
