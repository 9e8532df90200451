import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { waitUntilReady } from "./wait-until-ready";

test("only the portal's own word counts, not that of another program on its port", async () => {
  const words = [
    "<h1>Another program</h1>",
    "null",
    JSON.stringify({ status: "ok" }),
    JSON.stringify({ status: "ok", parts: { database: "up", worker: "up" } }),
  ];
  let asked = 0;
  const server = http
    .createServer((_request, response) => response.end(words[asked++]))
    .listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  await waitUntilReady(`http://127.0.0.1:${port}`, new AbortController().signal);
  expect(asked).toBe(words.length);
  server.closeAllConnections();
  server.close();
});
