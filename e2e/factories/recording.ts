import { stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { aConsoleUser, aRunningVm, aSession, type SignedIn } from "./console";
import { recordingFile, recordingFolder } from "@/lib/processes/console/recording/recording-folder";
import { openRecorder } from "@/lib/processes/console/recording";
import { finishRecording, type FinishedRecording } from "@/lib/console/recordings/finish-recording";
import { setEnvironmentRecording } from "@/lib/console/recordings/set-environment-recording";
import { startRecording, type RecordingOrder } from "@/lib/console/recordings/start-recording";
import type { ConsoleType } from "@/lib/console/rules";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { anAdministrator } from "./person";

export async function recordEnvironment(
  environment: string,
  mode: "off" | "vnc" | "serial" | "both" = "both",
  retentionDays = 30,
): Promise<void> {
  await setEnvironmentRecording(await anAdministrator(), { environment, mode, retentionDays });
}

interface Begun {
  vm: Awaited<ReturnType<typeof aRunningVm>>;
  ctx: SignedIn;
  cookie: string;
  order: RecordingOrder;
  jti: string;
}

/** A session that has just begun where everything is recorded. */
export async function aBegunRecording(
  over: { environment?: string; consoleType?: ConsoleType } = {},
): Promise<Begun> {
  const { environment = "test", consoleType = "serial" } = over;
  await recordEnvironment(environment);
  const vm = await aRunningVm({ environment });
  const { ctx, cookie } = await aConsoleUser(vm.systemId);
  const jti = newId();
  const place = await db().vm.findUniqueOrThrow({ where: { id: vm.id }, include: { service: true } });
  const consoleVm = {
    ...{ id: vm.id, name: vm.name, namespace: vm.namespace, environment, clusterId: vm.clusterId },
    ...{ clusterName: "cluster", serviceId: place.serviceId, systemId: vm.systemId, status: "RUNNING" },
  };
  const order = await inTransaction((tx) => startRecording(tx, ctx, { jti, vm: consoleVm, consoleType }));
  if (order === null) throw new Error("nothing is recorded here");
  return { vm, ctx, cookie, order, jti };
}

/** Less than a recorder lets wait for its disk before it leaves something out. */
const waitingBytesMax = 4 * 1024 * 1024;

async function reachDisk(file: string, bytes: number): Promise<void> {
  if (bytes <= 0) return;
  while (((await stat(file).catch(() => null))?.size ?? 0) < bytes) await setTimeout(5);
}

/** A whole recording of these words, on the disk and on record. */
export async function aRecording(
  words: readonly (string | Buffer)[] = ["hello\r\n"],
  {
    folder = recordingFolder(),
    ...over
  }: { folder?: string; environment?: string; consoleType?: ConsoleType } = {},
): Promise<Begun & { finished: FinishedRecording }> {
  const begun = await aBegunRecording(over);
  const told = Promise.withResolvers<FinishedRecording>();
  const recorder = openRecorder(
    begun.order,
    (report) => report.kind === "finished" && told.resolve(report.finished),
    { folder },
  );
  let given = 0;
  for (const word of words) {
    recorder.fromServer(Buffer.from(word));
    given += Buffer.byteLength(word);
    await reachDisk(recordingFile(folder, begun.order.id), given - waitingBytesMax);
  }
  recorder.end("closed");
  const finished = await told.promise;
  if (finished.lostBytes > 0)
    throw new Error(`${finished.lostBytes} bytes are missing from a whole recording`);
  await finishRecording(platformContext("console"), finished);
  return { ...begun, finished };
}

/** Somebody signed in who oversees the platform. */
export async function aSignedInAdministrator(): Promise<{ ctx: SignedIn; cookie: string }> {
  const ctx = await anAdministrator();
  return { ctx, cookie: await aSession(ctx) };
}
