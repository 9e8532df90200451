import type { JsonObject } from "./json";

/** What a guest's agent says instead of the usual. */
export interface GuestWord {
  users?: JsonObject[];
  filesystems?: JsonObject[];
  /** Members of guestosinfo that are laid over the usual ones. */
  system?: JsonObject;
}

/** What tests and people at the lab say about the insides of machines and who measures them. */
export class GuestWords {
  /** Whether the cluster has a metrics-server. */
  hasMetricsApi = true;
  readonly #words = new Map<string, GuestWord>();

  say(namespace: string, name: string, word: GuestWord): void {
    this.#words.set(`${namespace}/${name}`, { ...this.of(namespace, name), ...word });
  }

  of(namespace: string | undefined, name: string): GuestWord {
    return this.#words.get(`${namespace ?? ""}/${name}`) ?? {};
  }
}
