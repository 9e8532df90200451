import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { PatientResponse } from "./patient-response";

test("who is refused while still sending reads the refusal, and goes on over the same connection", async () => {
  const server = http.createServer({ ServerResponse: PatientResponse }, (_request, response) => {
    response.writeHead(409, "Conflict", ["Content-Type", "text/plain", "Connection", "close"]);
    response.end("elsewhere");
  });
  let connections = 0;
  server.on("connection", () => (connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const body = Buffer.alloc(4_000_000);
  for (let time = 0; time < 5; time += 1) {
    const request = http.request({ host: "127.0.0.1", port, agent, method: "PATCH" });
    request.end(body);
    // An error of the connection would be thrown here.
    const [answer] = (await once(request, "response")) as [http.IncomingMessage];
    expect(answer.statusCode).toBe(409);
    expect(answer.headers).toMatchObject({ "content-type": "text/plain", connection: "keep-alive" });
    await answer.resume().toArray();
  }
  expect(connections).toBe(1);
  agent.destroy();
  server.close();
});
