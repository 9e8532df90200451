import type { WebSocket } from "ws";

const format = Buffer.from([0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0]);
const encodings = Buffer.from([2, 0, 0, 2, 0, 0, 0, 16, 0, 0, 0, 0]);
const wholePicture = Buffer.from([3, 0, 0, 0, 0, 0, 0, 16, 0, 16]);
const words = [
  [Buffer.from("RFB 003.008\n")],
  [Buffer.from([1])],
  [Buffer.from([1])],
  [format, encodings, wholePicture],
];

/** Says what a page says until the screen is introduced, and takes whatever comes then. */
export function greetScreen(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    let step = 0;
    socket.once("close", () => resolve());
    socket.on("message", () => {
      for (const word of words[step] ?? []) socket.send(word);
      step += 1;
      if (step === words.length) resolve();
    });
  });
}
