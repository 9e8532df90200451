import type { Socket } from "node:net";
import { BerReader } from "ldapts";
import { LdapFailure } from "./failure";

const extendedOperation = Buffer.from("1.3.6.1.4.1.1466.20037", "ascii");
const answerLengthMax = 2048;

/**
 * Asks for TLS on a plain connection (RFC 4511 §4.14). The answer is read to its last byte and nothing may follow it: what
 * somebody on the way puts before the encryption would otherwise be taken for the directory's word after it.
 */
export async function askForTls(socket: Socket, deadline: AbortSignal): Promise<void> {
  const asked = firstMessage(socket, deadline);
  socket.write(startTlsRequest());
  const answer = await asked;
  if (!isAgreed(answer)) {
    socket.destroy();
    throw new LdapFailure("rejected", "start-tls", "the directory offers no StartTLS");
  }
}

function startTlsRequest(): Buffer {
  const name = Buffer.concat([Buffer.from([0x80, extendedOperation.length]), extendedOperation]);
  const operation = Buffer.concat([Buffer.from([0x77, name.length]), name]);
  return Buffer.concat([Buffer.from([0x30, operation.length + 3, 0x02, 0x01, 0x01]), operation]);
}

function isAgreed(answer: Buffer): boolean {
  try {
    const reader = new BerReader(answer);
    reader.readSequence();
    const isOurs = reader.readInt() === 1 && reader.readSequence() === 0x78;
    return isOurs && reader.readEnumeration() === 0;
  } catch {
    return false;
  }
}

function firstMessage(socket: Socket, deadline: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const end = (outcome: Buffer | Error) => {
      deadline.removeEventListener("abort", expire);
      socket.off("data", read).off("error", end).off("close", closed).pause();
      if (Buffer.isBuffer(outcome)) return resolve(outcome);
      socket.destroy();
      reject(outcome);
    };
    const closed = () => end(new Error("the connection was closed"));
    const expire = () =>
      end(new LdapFailure("unavailable", "timeout", "the directory does not answer in time"));
    const read = (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      const length = messageLength(received);
      if (length === null && received.length < answerLengthMax) return;
      const isWhole = length === received.length;
      if (length !== null && length > received.length && length <= answerLengthMax) return;
      end(isWhole ? received : new LdapFailure("rejected", "start-tls", "more than an answer before TLS"));
    };
    socket.on("data", read).once("error", end).once("close", closed);
    deadline.addEventListener("abort", expire);
  });
}

/** How long the first message is, header included, or null while the header is not there yet. */
function messageLength(bytes: Buffer): number | null {
  const first = bytes[1];
  if (first === undefined) return null;
  if (first < 0x80) return first + 2;
  const count = first & 0x7f;
  if (bytes.length < 2 + count) return null;
  return 2 + count + (count > 0 && count <= 4 ? bytes.readUIntBE(2, count) : 0);
}
