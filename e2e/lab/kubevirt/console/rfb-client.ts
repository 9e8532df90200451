import WebSocket from "ws";
import { actionsPath, until } from "../lab-client";
import type { KubevirtLab } from "../server";
import { ByteReader } from "./byte-reader";
import { toBuffer } from "./websockets";

export interface ScreenClient {
  socket: WebSocket;
  greeting: string;
  width: number;
  height: number;
  name: string;
  pixels: Buffer;
  /** How many rectangles and pixel bytes have come. */
  rectangles: number;
  update(isIncremental: boolean): Promise<void>;
  press(keysym: number): void;
  hold(keysym: number, isDown: boolean): void;
  point(x: number, y: number, buttons: number): void;
  close(): void;
}

export function openSocket(
  lab: KubevirtLab,
  path: string,
  protocols: string[] = ["plain.kubevirt.io"],
): WebSocket {
  const headers = { authorization: `Bearer ${lab.token}` };
  return new WebSocket(lab.url.replace("https", "wss") + path, protocols, {
    ca: lab.caPem,
    headers,
    perMessageDeflate: false,
  });
}

export const vncPath = (name: string) => `${actionsPath}/virtualmachineinstances/${name}/vnc`;

/** A small VNC client that keeps a copy of the screen, with raw pixels of four bytes. */
export async function openScreen(lab: KubevirtLab, name: string, query = ""): Promise<ScreenClient> {
  const socket = openSocket(lab, vncPath(name) + query);
  const reader = new ByteReader();
  let failure: Error | undefined;
  socket.on("message", (data) => reader.push(toBuffer(data)));
  socket.on("error", (error) => (failure = error));
  const read = (length: number) =>
    until(`${length} bytes`, () => {
      if (failure) throw failure;
      return reader.take(length);
    });
  const greeting = (await read(12)).toString("latin1");
  socket.send(Buffer.from("RFB 003.008\n"));
  await read((await read(1))[0] ?? 0);
  socket.send(Buffer.from([1]));
  if ((await read(4)).readUInt32BE() !== 0) throw new Error("the server refused the security type");
  socket.send(Buffer.from([1]));
  const init = await read(24);
  const [width, height] = [init.readUInt16BE(0), init.readUInt16BE(2)];
  const client: ScreenClient = {
    socket,
    greeting,
    width,
    height,
    name: (await read(init.readUInt32BE(20))).toString(),
    pixels: Buffer.alloc(width * height * 4),
    rectangles: 0,
    update: (isIncremental) => readUpdate(client, read, isIncremental),
    hold: (keysym, isDown) => sendKey(socket, keysym, isDown),
    press: (keysym) => {
      sendKey(socket, keysym, true);
      sendKey(socket, keysym, false);
    },
    point: (x, y, buttons) => {
      const bytes = Buffer.from([5, buttons, 0, 0, 0, 0]);
      bytes.writeUInt16BE(x, 2);
      bytes.writeUInt16BE(y, 4);
      socket.send(bytes);
    },
    close: () => socket.close(),
  };
  return client;
}

function sendKey(socket: WebSocket, keysym: number, isDown: boolean): void {
  const bytes = Buffer.from([4, isDown ? 1 : 0, 0, 0, 0, 0, 0, 0]);
  bytes.writeUInt32BE(keysym, 4);
  socket.send(bytes);
}

async function readUpdate(
  client: ScreenClient,
  read: (length: number) => Promise<Buffer>,
  isIncremental: boolean,
): Promise<void> {
  const request = Buffer.from([3, isIncremental ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  request.writeUInt16BE(client.width, 6);
  request.writeUInt16BE(client.height, 8);
  client.socket.send(request);
  // A bell may ring before the update comes.
  while ((await read(1))[0] === 2);
  const count = (await read(3)).readUInt16BE(1);
  for (let index = 0; index < count; index += 1) {
    const head = await read(12);
    if (head.readInt32BE(8) !== 0) throw new Error("the rectangle is not raw");
    const [x, y, width, height] = [0, 2, 4, 6].map((at) => head.readUInt16BE(at));
    const area = { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 };
    const bytes = await read(area.width * area.height * 4);
    for (let row = 0; row < area.height; row += 1) {
      const from = row * area.width * 4;
      bytes.copy(client.pixels, ((area.y + row) * client.width + area.x) * 4, from, from + area.width * 4);
    }
    client.rectangles += 1;
  }
}
