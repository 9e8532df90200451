import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { createServer as createTlsServer, TLSSocket } from "node:tls";
import { afterEach, beforeAll, expect, test } from "vitest";
import { createIdentity, type Identity } from "@/e2e/lab/kubevirt/certificates";
import { asLdapFailure } from "./failure";
import { openSocket } from "./open-socket";
import { testLdapConnection } from "./survey";
import { defaultGroupFilter, defaultUserFilter, type LdapConfig } from "./types";

let identity: Identity;
let foreign: Identity;
const opened: { server: Server; sockets: Set<Socket> }[] = [];

beforeAll(async () => {
  identity = await createIdentity("directory", ["127.0.0.1"]);
  foreign = await createIdentity("elsewhere", ["directory.example.org"]);
});
afterEach(() => {
  for (const { server, sockets } of opened.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

const agreed = Buffer.from("300c02010178070a010004000400", "hex");
const refused = Buffer.from("300c02010178070a010204000400", "hex");
const bound = Buffer.from("300c02010261070a010004000400", "hex");

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  opened.push({ server, sockets });
  server.on("connection", (socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** A server that answers the first bytes of a plain connection, whatever they are. */
function answering(answer: (socket: Socket) => void): Promise<number> {
  return listen(createServer((socket) => socket.once("data", () => answer(socket))));
}

function tlsServer(shown: Identity, greet: (socket: TLSSocket) => void = () => undefined): Promise<number> {
  const server = createTlsServer({ cert: shown.certificatePem, key: shown.keyPem }, greet);
  return listen(server.on("tlsClientError", () => undefined));
}

async function reasonOf(port: number, change: Partial<LdapConfig> = {}): Promise<string> {
  const outcome = await openSocket({ ...reach(port), ...change }).catch(asLdapFailure);
  if (outcome instanceof TLSSocket) {
    outcome.destroy();
    return outcome.authorized ? "opened" : "not authorized";
  }
  return outcome.reason;
}

function reach(port: number): Pick<LdapConfig, "url" | "startTls" | "caCertificate" | "timeoutSeconds"> {
  const url = `ldaps://127.0.0.1:${port}`;
  return { url, startTls: false, caCertificate: identity.caPem, timeoutSeconds: 2 };
}

const plain = (port: number): Partial<LdapConfig> => ({
  url: `ldap://127.0.0.1:${port}`,
  startTls: true,
  timeoutSeconds: 1,
});

async function startTlsWith(answer: (socket: Socket) => void): Promise<string> {
  const port = await answering(answer);
  return reasonOf(port, plain(port));
}

test("a certificate of the given authority for that host opens", async () => {
  expect(await reasonOf(await tlsServer(identity))).toBe("opened");
});

test("StartTLS opens after one plain answer", async () => {
  const outcome = await startTlsWith((socket) => {
    socket.write(agreed);
    const options = { isServer: true, cert: identity.certificatePem, key: identity.keyPem };
    new TLSSocket(socket, options).on("error", () => undefined);
  });
  expect(outcome).toBe("opened");
});

test("an unknown authority, another host's certificate and no TLS at all are refused", async () => {
  expect(await reasonOf(await tlsServer(foreign))).toBe("certificate");
  expect(await reasonOf(await tlsServer(identity), { caCertificate: null })).toBe("certificate");
  const otherHost = await tlsServer(foreign);
  expect(await reasonOf(otherHost, { caCertificate: foreign.caPem })).toBe("certificate");
  expect(await reasonOf(await answering((socket) => socket.write("hello\n")))).toBe("certificate");
});

test("a directory that declines StartTLS is told nothing more", async () => {
  const heard: Buffer[] = [];
  const outcome = await startTlsWith((socket) => {
    socket.on("data", (bytes) => heard.push(bytes));
    socket.write(refused);
  });
  expect(outcome).toBe("start-tls");
  expect(heard).toEqual([]);
});

test.each([
  ["an answer for later, right behind", Buffer.concat([agreed, bound])],
  ["half an answer for later", Buffer.concat([agreed, bound.subarray(0, 13)])],
  ["one byte", Buffer.concat([agreed, Buffer.from([0x30])])],
])("words put before the encryption are refused: %s", async (_name, bytes) => {
  expect(await startTlsWith((socket) => void socket.write(bytes))).toBe("start-tls");
});

test("words that arrive a moment later meet the handshake and not the reader", async () => {
  const outcome = await startTlsWith((socket) => {
    socket.write(agreed);
    setTimeout(() => socket.write(bound), 50);
  });
  expect(["certificate", "timeout"]).toContain(outcome);
});

test.each([
  ["an endless answer", Buffer.concat([Buffer.from("30840000ffff", "hex"), Buffer.alloc(4000)])],
  ["an answer to another question", Buffer.from("300c02010978070a010004000400", "hex")],
  ["the answer to a bind", Buffer.from("300c02010161070a010004000400", "hex")],
  ["an empty message", Buffer.from("3000", "hex")],
])("%s is no agreement to StartTLS", async (_name, bytes) => {
  expect(await startTlsWith((socket) => void socket.write(bytes))).toBe("start-tls");
});

test("a server that says nothing is given up in time", async () => {
  const silent = await answering(() => undefined);
  expect(await reasonOf(silent, plain(silent))).toBe("timeout");
  expect(await reasonOf(silent, { timeoutSeconds: 1 })).toBe("timeout");
});

test("a connection that closes is unreachable", async () => {
  expect(await startTlsWith((socket) => void socket.end())).toBe("unreachable");
});

test("a lost connection is not opened again, so nothing is asked by nobody", async () => {
  let connections = 0;
  const port = await tlsServer(identity, (socket) => {
    connections++;
    socket.once("data", () => {
      socket.write(bound);
      setTimeout(() => socket.destroy(), 20);
    });
  });
  const config: LdapConfig = {
    ...reach(port),
    ...{ bindDn: "cn=reader,dc=test", bindPassword: "x", baseDn: "dc=test", userFilter: defaultUserFilter },
    attributes: { id: "entryUUID", username: "uid", email: "mail", displayName: "cn" },
    groups: {
      ...{ mode: "search", baseDn: "dc=test", filter: defaultGroupFilter, keyAttribute: "cn" },
      ...{ attribute: "memberOf", nested: false },
    },
  };
  const outcome = await testLdapConnection(config).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ kind: "unavailable", reason: "unreachable" });
  expect(connections).toBe(1);
});
