import type { IncomingMessage } from "node:http";
import type { ClusterClient } from "./client";
import { ClusterFailure, failureFromSocket } from "./failures";
import { subresourcePath } from "./paths";

const callMs = 6_000;
/** An unpacked screen of 4K is 33 MB; as a PNG it is a few. */
const bytesMax = 12 * 1024 * 1024;

type Screenshot = { word: "taken"; png: Buffer } | { word: "no_screen" | "stopped" };

/** The machine's screen as the cluster's picture, whatever it may be; the caller checks the bytes. */
export async function takeScreenshot(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<Screenshot> {
  const path = subresourcePath(namespace, "virtualmachineinstances", {
    name,
    subresource: "vnc/screenshot",
  });
  const deadline = AbortSignal.timeout(callMs);
  try {
    // Without moveCursor the picture alone is taken and nothing is sent to the guest.
    const answer = await client.open({
      method: "GET",
      path,
      query: { moveCursor: false },
      headers: { accept: "image/png" },
      timeoutMs: callMs,
    });
    return { word: "taken", png: await readBytes(answer, deadline) };
  } catch (error) {
    const word = wordOf(error);
    if (word === null) throw error;
    return { word };
  }
}

async function readBytes(answer: IncomingMessage, deadline: AbortSignal): Promise<Buffer> {
  const giveUp = () => answer.destroy(new Error(`no picture within ${callMs / 1000} s`));
  if (deadline.aborted) giveUp();
  deadline.addEventListener("abort", giveUp, { once: true });
  try {
    return await collect(answer);
  } catch (error) {
    if (error instanceof ClusterFailure) throw error;
    const cause = error instanceof Error ? error : new Error(String(error));
    throw failureFromSocket(cause, { isWrite: false, reachedCluster: true });
  } finally {
    deadline.removeEventListener("abort", giveUp);
  }
}

async function collect(answer: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the answer and its socket.
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > bytesMax) {
      throw new ClusterFailure("rejected", `the cluster's picture is larger than ${bytesMax} bytes`, {
        reason: "AnswerTooLarge",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// KubeVirt answers every error here with 500 and plain text.
function wordOf(error: unknown): "no_screen" | "stopped" | null {
  if (!(error instanceof ClusterFailure)) return null;
  if (error.status === 404 && error.reason === "NotFound") return "stopped";
  if (error.status !== 500) return null;
  if (/No graphics devices are present/.test(error.message)) return "no_screen";
  if (/VMI is not running|virtualmachineinstance\S* "[^"]*" not found/.test(error.message)) return "stopped";
  return null;
}
