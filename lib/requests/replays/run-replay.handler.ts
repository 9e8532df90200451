import { inTransaction } from "@/lib/core/transaction";
import { takeReplayPage } from "./take-replay-page";

/** Page by page, each kept as it is done, so that whoever watches sees it move and another worker can go on. */
export async function runReplay({ replayId }: { replayId: string }): Promise<void> {
  let isDone = false;
  while (!isDone) isDone = await inTransaction((tx) => takeReplayPage(tx, replayId));
}
