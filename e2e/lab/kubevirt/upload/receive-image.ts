import { createHash } from "node:crypto";
import type { Cluster } from "../cluster";
import { availableBytes, failUpload, finishUpload, noteUploadProgress } from "../controllers/upload-volumes";
import { answerUpload, type Upload } from "./answer-upload";
import { fileInForm } from "./form-file";
import { headBytes, inspectImage, refusalOfImage } from "./image-format";
import type { ReceivedImage } from "./uploads";

const steps = 8;

/** Reads an image to its end, decides about it and converts it; `release` lets the next sender in. */
export async function receiveImage(cluster: Cluster, upload: Upload, release: () => void): Promise<void> {
  const { request, response, grant, isAsync } = upload;
  const image = cluster.uploads.begin(grant.namespace, grant.claimName);
  const head = await readToEnd(cluster, upload, image).catch((error: unknown) => {
    Object.assign(image, { outcome: "aborted", reason: error instanceof Error ? error.message : "aborted" });
  });
  if (!head) {
    release();
    response.destroy();
    return;
  }
  const facts = inspectImage(head, image.size);
  image.format = facts.format;
  const reason = refusalOfImage(facts, availableBytes(cluster, grant.namespace, grant.claimName));
  if (reason !== undefined) {
    Object.assign(image, { outcome: "refused", reason });
    release();
    // The address that waits for the conversion never says why it failed.
    const text = `Saving stream failed: Unable to convert source data to target format: ${reason}`;
    return isAsync ? answerUpload(request, response, 400, text) : answerUpload(request, response, 500);
  }
  image.outcome = "converting";
  const answer = (code: number) => answerUpload(request, response, code);
  if (isAsync) answer(200);
  convert(cluster, image, (hasSucceeded) => {
    release();
    if (!isAsync) answer(hasSucceeded ? 200 : 500);
  });
}

/** The first bytes; size and hash go into the record as they become known. */
async function readToEnd(cluster: Cluster, upload: Upload, image: ReceivedImage): Promise<Buffer> {
  const { request, isForm } = upload;
  const cutAfter = cluster.uploads.takeCut();
  const hash = createHash("sha256");
  const kept: Buffer[] = [];
  for await (const bytes of isForm ? fileInForm(request) : request) {
    const chunk = Buffer.isBuffer(bytes) ? bytes : Buffer.from(String(bytes));
    if (image.size < headBytes) kept.push(chunk);
    hash.update(chunk);
    image.size += chunk.length;
    if (cutAfter !== undefined && image.size >= cutAfter) {
      request.destroy();
      throw new Error(`cut after ${image.size} bytes`);
    }
  }
  image.sha256 = hash.digest("hex");
  return Buffer.concat(kept).subarray(0, headBytes);
}

function convert(cluster: Cluster, image: ReceivedImage, done: (hasSucceeded: boolean) => void): void {
  const { conversionMs } = cluster.uploads.settings;
  const fails = cluster.uploads.takeConversionFailure();
  const advance = (step: number) => {
    if (fails && step > steps / 2) {
      const reason = "Unable to process data: qemu-img execution failed: exit status 1";
      Object.assign(image, { outcome: "failed", reason });
      failUpload(cluster, image, reason);
      return done(false);
    }
    if (step <= steps) {
      if (cluster.uploads.settings.showProgress) noteUploadProgress(cluster, image, (step / steps) * 100);
      return cluster.clock.after(conversionMs / steps, () => advance(step + 1));
    }
    image.outcome = "succeeded";
    finishUpload(cluster, image);
    done(true);
  };
  cluster.clock.after(conversionMs / steps, () => advance(1));
}
