import { afterAll, beforeAll, expect, test } from "vitest";
import type { IncomingMessage } from "node:http";
import WebSocket from "ws";
import { actionsPath, applyMachine, callLab, machineManifest, until, waitForStatus } from "../lab-client";
import type { KubevirtLab } from "../server";
import { startKubevirtLab } from "../server";
import { openScreen, openSocket, vncPath } from "./rfb-client";
import type { ScreenClient } from "./rfb-client";
import { toBuffer } from "./websockets";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  await applyMachine(lab, machineManifest("screen"));
  await applyMachine(
    lab,
    machineManifest("headless", { domain: { devices: { autoattachGraphicsDevice: false } } }),
  );
  await applyMachine(lab, machineManifest("off", { spec: { runStrategy: "Halted" } }));
  await Promise.all([waitForStatus(lab, "screen", "Running"), waitForStatus(lab, "headless", "Running")]);
});
afterAll(() => lab.stop());

const consolePath = `${actionsPath}/virtualmachineinstances/screen/console`;

function refusalOf(path: string): Promise<{ code: number; text: string }> {
  const socket = openSocket(lab, path);
  return new Promise((resolve, reject) => {
    socket.on("open", () => reject(new Error("the socket opened")));
    socket.on("error", () => undefined);
    socket.on("unexpected-response", (_request, response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ code: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    });
  });
}

function opened(socket: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.on("open", () => resolve(socket));
    socket.on("error", reject);
  });
}

/** Whether pixels in a part of the screen differ from an earlier copy. */
function differs(client: ScreenClient, before: Buffer, top: number, bottom: number): boolean {
  const line = client.width * 4;
  return !client.pixels
    .subarray(top * line, bottom * line)
    .equals(before.subarray(top * line, bottom * line));
}

test("the screen greets, tells its size and sends a picture that moves", async () => {
  const client = await openScreen(lab, "screen");
  expect(client.greeting).toBe("RFB 003.008\n");
  expect([client.width, client.height]).toEqual([1024, 768]);
  expect(client.socket.protocol).toBe("plain.kubevirt.io");
  await client.update(false);
  expect(new Set(client.pixels).size).toBeGreaterThan(20);
  const before = Buffer.from(client.pixels);
  await client.update(true);
  await client.update(true);
  expect(differs(client, before, 752, 768)).toBe(true);
  client.close();
});

test("a key appears on the screen, and only the changed parts are sent", async () => {
  const client = await openScreen(lab, "screen");
  await client.update(false);
  await until("the login prompt", () => (lab.control.objects("vmi").length > 0 ? true : undefined));
  const before = Buffer.from(client.pixels);
  client.press(0xffc2);
  await untilChanged(client, before, 736, 752);
  client.press("a".charCodeAt(0));
  client.point(400, 300, 1);
  await untilChanged(client, before, 296, 304);
  client.close();
});

async function untilChanged(
  client: ScreenClient,
  before: Buffer,
  top: number,
  bottom: number,
): Promise<void> {
  for (let frame = 0; frame < 40; frame += 1) {
    await client.update(true);
    if (differs(client, before, top, bottom)) return;
  }
  throw new Error(`nothing changed between the lines ${top} and ${bottom}`);
}

test("Ctrl-Alt-Del reboots the picture", async () => {
  const client = await openScreen(lab, "screen");
  await client.update(false);
  const before = Buffer.from(client.pixels);
  for (const key of [0xffe3, 0xffe9, 0xffff]) client.hold(key, true);
  await untilChanged(client, before, 32, 200);
  client.close();
});

test("a newcomer takes the session over unless it asks to preserve it", async () => {
  const first = await openScreen(lab, "screen");
  const refused = await refusalOf(`${vncPath("screen")}?preserveSession=true`);
  expect(refused.text).toBe("Active VNC connection. Request denied.");
  const second = await openScreen(lab, "screen");
  await until("the first to be closed", () =>
    first.socket.readyState === first.socket.CLOSED ? true : undefined,
  );
  second.close();
});

test("only the sub-protocol of KubeVirt is chosen", async () => {
  const none = await opened(openSocket(lab, consolePath, []));
  expect(none.protocol).toBe("");
  none.close();
  const both = await opened(openSocket(lab, consolePath, ["other", "plain.kubevirt.io"]));
  expect(both.protocol).toBe("plain.kubevirt.io");
  both.close();
});

test("the serial line logs in and answers commands", async () => {
  const socket = await opened(openSocket(lab, consolePath));
  let output = "";
  socket.on("message", (data) => (output += toBuffer(data).toString()));
  const say = async (text: string, answer: string) => {
    socket.send(Buffer.from(text));
    await until(answer, () => (output.includes(answer) ? true : undefined));
  };
  await say("\r", "screen login: ");
  await say("me\r", "Password: ");
  await say("secret\r", "me@screen:~$ ");
  await say("echo hello\r", "\r\nhello\r\n");
  expect(output).not.toContain("secret");
  socket.close();
});

test("what is wrong is answered before the upgrade", async () => {
  expect(await refusalOf(vncPath("nobody"))).toMatchObject({
    code: 404,
    text: expect.stringContaining('virtualmachineinstance.kubevirt.io \\"nobody\\" not found'),
  });
  expect(await refusalOf(vncPath("headless"))).toMatchObject({
    code: 400,
    text: expect.stringContaining("No graphics devices are present."),
  });
  expect(await refusalOf(vncPath("off"))).toMatchObject({ code: 404 });
  const plain = await callLab(lab, "GET", vncPath("screen"));
  expect(plain.code).toBe(400);
  expect(plain.body["message"]).toContain("websocket: the client is not using the websocket protocol");
});

test("the token may come in a sub-protocol, and must come somehow", async () => {
  const open = (token: string) => {
    const carrier = `base64url.bearer.authorization.k8s.io.${Buffer.from(token).toString("base64url")}`;
    const address = lab.url.replace("https", "wss") + consolePath;
    return opened(new WebSocket(address, ["plain.kubevirt.io", carrier], { ca: lab.caPem }));
  };
  const socket = await open(lab.token);
  expect(socket.protocol).toBe("plain.kubevirt.io");
  socket.close();
  await expect(open("guess")).rejects.toThrow("401");
});

test("stopping the machine closes its console", async () => {
  await applyMachine(lab, machineManifest("closing"));
  await waitForStatus(lab, "closing", "Running");
  const client = await openScreen(lab, "closing");
  await callLab(lab, "PUT", `${actionsPath}/virtualmachines/closing/stop`);
  await until("the socket to close", () =>
    client.socket.readyState === client.socket.CLOSED ? true : undefined,
  );
});

test("a screenshot is a PNG of the picture", async () => {
  const answer = await callLab(lab, "GET", `${vncPath("screen")}/screenshot`);
  expect(answer.headers["content-type"]).toBe("image/png");
  const missing = await callLab(lab, "GET", `${vncPath("headless")}/screenshot`);
  expect(missing).toMatchObject({ code: 500, text: "No graphics devices are present." });
});
