import type { Answer } from "../call";
import type { Cluster } from "../cluster";
import { domainOf, phaseOf } from "../controllers/machine-facts";
import { conflict, notFound, plainFailure } from "../failures";
import { valueAt } from "../json";
import { instanceKind } from "../kinds";
import type { SubresourcePath } from "../paths";
import { encodePng } from "./png";

export function answerScreenshot(cluster: Cluster, path: SubresourcePath): Answer {
  const target = { resource: "virtualmachineinstance", group: "kubevirt.io", name: path.name };
  const instance = cluster.store.get(instanceKind, path.namespace, path.name);
  if (!instance) throw plainFailure(500, notFound(target).message);
  if (phaseOf(instance) !== "Running")
    throw plainFailure(500, conflict(target, "VMI is not running").message);
  if (valueAt(domainOf(instance), "devices", "autoattachGraphicsDevice") === false) {
    throw plainFailure(500, "No graphics devices are present.");
  }
  return { code: 200, bytes: encodePng(cluster.pictures.of(instance).screen), contentType: "image/png" };
}
