import { authorize } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { instanceNumber } from "@/lib/core/names";
import { askWorker } from "@/lib/core/worker-questions";
import { importLabels } from "./import-labels";
import { previewImportJob } from "./jobs";
import {
  judgedImports,
  type ImportPreview,
  type ImportRefusal,
  type Obstacle,
  type PreviewImport,
} from "./schema";
import { findObstacles, placeKey } from "./store";

/** Exactly what an import would write, machine by machine, and what the cluster says to it; nothing is written. */
export async function previewImport(ctx: Context, input: PreviewImport): Promise<ImportPreview> {
  await authorize(db(), ctx, "platform:admin");
  const { clusterId, machines } = input;
  const service = await readNamedService(input.serviceId);
  const obstacles = await findObstacles(db(), clusterId, machines);
  if (obstacles.size === 0) throw new AppError("RESOURCE_NOT_FOUND", { resource: "cluster" });

  const planned = machines.map((machine, at) => {
    const instance = instanceNumber(service.nextInstanceIndex + at);
    const labels = importLabels({
      systemName: service.system.name,
      serviceName: service.name,
      serviceId: service.id,
      instance,
      importedBy: actorId(ctx.actor),
    });
    return { ...machine, instance, labels };
  });
  const question = {
    clusterId,
    machines: planned.map(({ namespace, name, labels }) => ({ namespace, name, labels })),
  };
  const judged = (await askWorker(ctx, previewImportJob, question, judgedImports)).machines;
  const answers = new Map(judged.map((one) => [placeKey(one), one]));
  return {
    machines: planned.flatMap(({ instance, labels, ...place }) => {
      const answer = answers.get(placeKey(place));
      if (answer === undefined) return [];
      const obstacle = obstacles.get(placeKey(place)) ?? null;
      return [{ ...answer, ...withObstacle(answer, obstacle), instance, labels }];
    }),
  };
}

function readNamedService(serviceId: string) {
  return db()
    .service.findUnique({
      where: { id: serviceId },
      select: { id: true, name: true, nextInstanceIndex: true, system: { select: { name: true } } },
    })
    .then((service) => {
      if (service === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "service" });
      return service;
    });
}

type Verdict = { result: "accepted" | "refused" | "not_checked"; refusals: ImportRefusal[] };

function withObstacle({ result, refusals }: Verdict, obstacle: Obstacle | null): Verdict {
  if (obstacle === null) return { result, refusals };
  const { code, ...params } = obstacle;
  return { result: "refused", refusals: [{ code, params }, ...refusals] };
}
