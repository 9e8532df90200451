import { newId } from "./ids";

export interface Person {
  kind: "person";
  id: string;
  username: string;
  displayName: string;
  sessionId: string;
  /** Set until the first password is changed; everything else is refused meanwhile. */
  mustChangePassword: boolean;
}

/** The platform itself: the worker recording an outcome, the seed, the clock. */
export interface Platform {
  kind: "platform";
  name: string;
}

export interface Anonymous {
  kind: "anonymous";
}

export type Actor = Person | Platform | Anonymous;

/** Who asks, as part of which request, from where, and at what time. */
export interface Context {
  actor: Actor;
  requestId: string;
  now: Date;
  address: string | null;
  userAgent: string | null;
}

export function platformContext(name: string, requestId: string = newId()): Context {
  return { actor: { kind: "platform", name }, requestId, now: new Date(), address: null, userAgent: null };
}

/** The actor's id in rows that name people by id; the platform signs with its part's name. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case "person":
      return actor.id;
    case "platform":
      return actor.name;
    case "anonymous":
      return "anonymous";
  }
}

export function actorName(actor: Actor): string {
  return actor.kind === "person" ? actor.username : actorId(actor);
}

/** As people on screen know the actor; records that must stay unmistakable take the user name. */
export function shownName(actor: Actor): string {
  return actor.kind === "person" ? actor.displayName : actorId(actor);
}
