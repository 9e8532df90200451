import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates, Identity } from "./certificates";
import type { Cluster } from "./cluster";
import { kinds, resourceName } from "./kinds";
import type { KubeObject } from "./objects";

const writeDelayMs = 500;

interface SavedObjects {
  revision: number;
  objects: Record<string, KubeObject[]>;
}

/** Keeps the certificates, the tokens and every object in a folder, so that a restart finds them again. */
export class StateFolder {
  readonly #folder: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  readIdentity(): Identity | undefined {
    const saved: Identity | undefined = this.#read("identity.json");
    return saved;
  }

  writeIdentity(identity: Identity): void {
    this.#write("identity.json", identity);
  }

  readUploadCertificates(): Certificates | undefined {
    const saved: Certificates | undefined = this.#read("upload-proxy.json");
    return saved;
  }

  writeUploadCertificates(certificates: Certificates): void {
    this.#write("upload-proxy.json", certificates);
  }

  restore(cluster: Cluster): void {
    const saved: SavedObjects | undefined = this.#read("objects.json");
    if (!saved) return;
    const entries = kinds.flatMap((kind) =>
      (saved.objects[resourceName(kind)] ?? []).map((object) => ({ kind, object })),
    );
    cluster.store.load(saved.revision, entries);
  }

  /** Writes soon after each change, many changes in one go. */
  keepCurrent(cluster: Cluster): void {
    cluster.store.onEvent(() => {
      this.#timer ??= setTimeout(() => this.save(cluster), writeDelayMs).unref();
    });
  }

  save(cluster: Cluster): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const objects = Object.fromEntries(kinds.map((kind) => [resourceName(kind), cluster.store.list(kind)]));
    this.#write("objects.json", { revision: cluster.store.revision, objects });
  }

  #read<Saved>(name: string): Saved | undefined {
    const file = join(this.#folder, name);
    if (!existsSync(file)) return undefined;
    const saved: Saved = JSON.parse(readFileSync(file, "utf8"));
    return saved;
  }

  #write(name: string, content: unknown): void {
    const file = join(this.#folder, name);
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
