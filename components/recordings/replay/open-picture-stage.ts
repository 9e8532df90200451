import type RFB from "@novnc/novnc";
import { PictureChannel } from "./picture-channel";
import { UnshowablePicture, type Stage } from "./stage";

/** A screen, drawn by noVNC, which arrives only now. */
export async function openPictureStage(target: HTMLElement, signal: AbortSignal): Promise<Stage> {
  const { default: Client } = await import("@novnc/novnc");
  signal.throwIfAborted();
  let shown = show(Client, target);
  return {
    hasGreeting: true,
    restart: () => {
      shown.client.disconnect();
      shown = show(Client, target);
    },
    feed: (bytes) => {
      shown.channel.feed(bytes);
      if (shown.channel.readyState === "closed") throw new UnshowablePicture();
    },
    close: () => shown.client.disconnect(),
  };
}

function show(Client: typeof RFB, target: HTMLElement): { client: RFB; channel: PictureChannel } {
  const channel = new PictureChannel();
  // noVNC asks of a channel only that it has a websocket's members, which this one has.
  const client = new Client(target, channel as unknown as WebSocket, { shared: true });
  client.viewOnly = true;
  client.scaleViewport = true;
  client.showDotCursor = false;
  client.background = "transparent";
  return { client, channel };
}
