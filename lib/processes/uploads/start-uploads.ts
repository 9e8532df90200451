import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { deliverUpload } from "@/lib/catalog/uploads/deliver-upload";
import { failLostUploads } from "@/lib/catalog/uploads/fail-lost-upload";
import { recordProgress, releaseUploads } from "@/lib/catalog/uploads/record-progress";
import { uploadLeaseSeconds } from "@/lib/catalog/uploads/rules";
import { listWantedFiles, takeUploads, type TakenUpload } from "@/lib/catalog/uploads/take-upload";
import { listenForChanges } from "@/lib/core/changes";
import { platformContext } from "@/lib/core/context";
import { logger } from "@/lib/core/logger";
import { PatientResponse } from "./patient-response";
import { openReception, receivePart } from "./receive-part";
import { Staging, stagingFolder } from "./staging";

/** How soon somebody takes up what another process left. */
const sweepMs = 3_000;
const cleanEveryMs = 60_000;
const deliveriesMax = 3;
const headersTimeoutMs = 10_000;

export interface UploadsSide {
  /** On this machine's loopback; the console's own port passes requests on to it. */
  port: number;
  stop(): Promise<void>;
}

/** Takes files from browsers to this process's disk and from there to their clusters. */
export async function startUploads(holderId: string, folder = stagingFolder()): Promise<UploadsSide> {
  const staging = await Staging.open(folder);
  const deliveries = new Deliveries(staging, holderId);
  const reception = openReception({ staging, holderId, onWhole: () => deliveries.look() });
  // How long a part may take depends on the sender's line; who sends nothing is cut off by the part itself.
  const server = http.createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: 0, ServerResponse: PatientResponse },
    (request, response) => {
      response.on("error", () => response.destroy());
      void receivePart(request, response, reception);
    },
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  deliveries.start();
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  logger("uploads").info({ port, folder }, "uploads are taken");
  return {
    port,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await deliveries.stop();
      await releaseUploads(holderId);
    },
  };
}

/** What this process brings into clusters, and what it no longer keeps. */
class Deliveries {
  readonly #staging: Staging;
  readonly #holderId: string;
  readonly #underWay = new Map<string, { abort: AbortController; done: Promise<void> }>();
  #timers: NodeJS.Timeout[] = [];
  #stopListening: (() => void) | undefined;
  #looking: Promise<void> | undefined;
  #isLookDue = false;
  #isStopping = false;

  constructor(staging: Staging, holderId: string) {
    this.#staging = staging;
    this.#holderId = holderId;
  }

  start(): void {
    this.#timers = [
      setInterval(() => this.look(), sweepMs),
      setInterval(() => void this.#clean().catch(complain), cleanEveryMs),
    ];
    this.#stopListening = listenForChanges(({ kind, id }) => {
      if (kind !== "upload") return;
      if (this.#underWay.has(id)) void this.#keep(id);
      else this.look();
    });
    void this.#clean().catch(complain);
    this.look();
  }

  /** Looks now for what can be taken up; whoever calls meanwhile has it looked for once more. */
  look(): void {
    this.#isLookDue = true;
    this.#looking ??= this.#lookWhileDue()
      .catch(complain)
      .finally(() => (this.#looking = undefined));
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopListening?.();
    for (const timer of this.#timers) clearInterval(timer);
    for (const { abort } of this.#underWay.values()) abort.abort();
    await this.#looking;
    await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  async #lookWhileDue(): Promise<void> {
    while (this.#isLookDue && !this.#isStopping) {
      this.#isLookDue = false;
      if (this.#underWay.size >= deliveriesMax) return;
      const staged = await this.#staging.list();
      const free = staged.filter(({ uploadId }) => !this.#underWay.has(uploadId));
      for (const upload of await takeUploads(this.#holderId, free)) this.#deliver(upload);
    }
  }

  #deliver(upload: TakenUpload): void {
    if (this.#underWay.has(upload.id) || this.#isStopping) return;
    const abort = new AbortController();
    const beat = setInterval(() => void this.#keep(upload.id), (uploadLeaseSeconds * 1000) / 3);
    const done = this.#bring(upload, abort.signal)
      .catch((error: unknown) =>
        logger("uploads").warn({ err: error, uploadId: upload.id }, "an upload rests"),
      )
      .finally(() => {
        clearInterval(beat);
        this.#underWay.delete(upload.id);
      });
    this.#underWay.set(upload.id, { abort, done });
  }

  async #bring(upload: TakenUpload, signal: AbortSignal): Promise<void> {
    const { id } = upload;
    const staging = this.#staging;
    const isHere = (await staging.sizeOf(id)) === upload.sizeBytes;
    const inspect = async () => ({
      sizeBytes: (await staging.sizeOf(id)) ?? 0,
      head: await staging.readHead(id),
      sha256: await staging.digestOf(id),
    });
    const openBody = () => staging.openBody(id);
    let isDiscarded = false;
    const discard = () => {
      isDiscarded = true;
      return staging.remove(id);
    };
    await deliverUpload(upload, this.#holderId, { staged: { inspect, openBody, isHere, discard }, signal });
    // What lies there after that is another file's beginning.
    if (!isDiscarded && !(await listWantedFiles([id])).has(id)) await staging.remove(id);
  }

  /** Work on an upload that was cancelled or taken over ends at once. */
  async #keep(id: string): Promise<void> {
    const work = this.#underWay.get(id);
    if (work === undefined) return;
    const isOurs = await recordProgress({ uploadId: id, holderId: this.#holderId }).catch(() => true);
    if (!isOurs) work.abort.abort();
  }

  async #clean(): Promise<void> {
    await failLostUploads(platformContext("console"));
    const staged = await this.#staging.list();
    const wanted = await listWantedFiles(staged.map(({ uploadId }) => uploadId));
    for (const { uploadId } of staged) if (!wanted.has(uploadId)) await this.#staging.remove(uploadId);
  }
}

/** While the database is away nothing can be taken up; the next look asks again. */
function complain(error: unknown): void {
  logger("uploads").warn({ err: error }, "uploads could not be looked at");
}
