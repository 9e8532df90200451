import type { Cluster } from "../cluster";
import { hasCondition } from "../controllers/machine-facts";
import { instanceKind } from "../kinds";
import type { KubeObject } from "../objects";
import { Picture } from "./picture";

/** One picture per running instance, made when first looked at and forgotten with the instance. */
export class Pictures {
  readonly #byUid = new Map<string, Picture>();
  readonly #cluster: Pick<Cluster, "name" | "store">;

  constructor(cluster: Pick<Cluster, "name" | "store">) {
    this.#cluster = cluster;
    cluster.store.onEvent(({ type, kind, object }) => {
      if (kind !== instanceKind || type !== "DELETED") return;
      this.#byUid.get(object.metadata.uid)?.stop();
      this.#byUid.delete(object.metadata.uid);
    });
  }

  of(instance: KubeObject): Picture {
    const { uid, name, namespace = "default", creationTimestamp } = instance.metadata;
    const known = this.#byUid.get(uid);
    if (known) return known;
    const picture = new Picture({
      namespace,
      name,
      cluster: this.#cluster.name,
      startedAt: new Date(creationTimestamp),
      isPaused: () => hasCondition(this.#cluster.store.get(instanceKind, namespace, name), "Paused"),
    });
    this.#byUid.set(uid, picture);
    return picture;
  }

  stop(): void {
    for (const picture of this.#byUid.values()) picture.stop();
    this.#byUid.clear();
  }
}
