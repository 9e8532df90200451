import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { lookupClusterHost, readServerAddress } from "./server-address";

const hostileServers: [server: string, reason: string][] = [
  ["http://10.0.0.1:6443", "http"],
  ["HTTP://10.0.0.1", "http"],
  ["unix:///var/run/docker.sock", "unix-socket"],
  ["http+unix://%2Fvar%2Frun%2Fdocker.sock/", "unix-socket"],
  ["file:///etc/passwd", "bad-server"],
  ["ftp://10.0.0.1", "bad-server"],
  ["10.0.0.1:6443", "bad-server"],
  ["https:10.0.0.1", "bad-server"],
  ["https:\\\\10.0.0.1", "bad-server"],
  ["https://10.0.0.1\r\nHost: evil", "bad-server"],
  ["https://10.0.0.1/%2e%2e/x", "bad-server"],
  ["https://10.0.0.1/a/../b", "bad-server"],
  ["https://user:pass@10.0.0.1", "server-credentials"],
  ["https://@10.0.0.1", "server-credentials"],
  ["https://10.0.0.1/?a=b", "server-query"],
  ["https://10.0.0.1/#a", "server-query"],
  ["https://169.254.169.254", "server-address"],
  ["https://2852039166/", "server-address"],
  ["https://0xa9.0xfe.0xa9.0xfe", "server-address"],
  ["https://[::ffff:169.254.169.254]", "server-address"],
  ["https://[fe80::1]", "server-address"],
  ["https://0.0.0.0:6443", "server-address"],
  ["https://[::]:6443", "server-address"],
];

test.each(hostileServers)("%j is refused: %s", (server, reason) => {
  const refusal = new AppError("KUBECONFIG_REFUSED", { reason, path: "clusters[0].cluster.server" });
  expect(() => readServerAddress(server, "clusters[0].cluster.server")).toThrow(refusal);
  expect(reasonOf(() => readServerAddress(server, "x"))).toBe(reason);
});

test.each([
  ["https://10.0.0.1:6443", "https://10.0.0.1:6443"],
  ["https://10.0.0.1:443/", "https://10.0.0.1"],
  ["https://Rancher.Example/k8s/clusters/c-1/", "https://rancher.example/k8s/clusters/c-1"],
  ["https://127.0.0.1:40000", "https://127.0.0.1:40000"],
  ["https://[2001:db8::1]:6443", "https://[2001:db8::1]:6443"],
])("%s is accepted as %s", (server, expected) => {
  expect(readServerAddress(server, "x")).toBe(expected);
});

test("a name that resolves to a place no cluster lives at is refused when connecting", async () => {
  const error = await new Promise((resolve) => lookupClusterHost("0.0.0.0", {}, resolve));
  expect(error).toMatchObject({ code: "EADDRREFUSED" });
  expect(await new Promise((resolve) => lookupClusterHost("localhost", { all: true }, resolve))).toBeNull();
});

function reasonOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error instanceof AppError ? error.params.reason : error;
  }
}
