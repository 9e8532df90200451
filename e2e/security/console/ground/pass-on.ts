import type { RawData } from "ws";
import { flood } from "./behaviours";
import type { ConsoleHall } from "./console-hall";

/** Lets so many bytes through to somebody who reads them all. */
export async function passOn(hall: ConsoleHall, bytes: number): Promise<void> {
  const { socket } = await hall.connect(await hall.aVisitor(), await hall.aMachine(flood()));
  let left = bytes;
  await new Promise<void>((resolve, reject) => {
    socket.on("message", (received: RawData) => {
      left -= (received as Buffer).length; // ws gives Buffers unless told otherwise.
      if (left <= 0) resolve();
    });
    socket.once("close", () => reject(new Error(`the flood ended ${left} bytes too early`)));
  });
  socket.terminate();
}
