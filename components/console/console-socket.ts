/** What went through a socket so far. */
export interface Traffic {
  received: number;
  sent: number;
  /** When something came last, by the page's own clock. */
  receivedAt: number;
}

export interface CountedSocket {
  socket: WebSocket;
  traffic: Traffic;
}

/** A console's socket; its cookie has been set a moment ago, and no token stands in the address. */
export function openConsoleSocket(path: string): CountedSocket {
  const socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
  socket.binaryType = "arraybuffer";
  const traffic: Traffic = { received: 0, sent: 0, receivedAt: 0 };
  socket.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    traffic.received += data instanceof ArrayBuffer ? data.byteLength : 0;
    traffic.receivedAt = performance.now();
  });
  const send = socket.send.bind(socket);
  // noVNC looks for the method on the socket itself, so it is counted there and not in a class of our own.
  socket.send = (bytes) => {
    if (ArrayBuffer.isView(bytes) || bytes instanceof ArrayBuffer) traffic.sent += bytes.byteLength;
    send(bytes);
  };
  return { socket, traffic };
}
