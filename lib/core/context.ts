import type { Permission } from "@/lib/vocabulary/permissions";
import type { SignInStep } from "@/lib/vocabulary/sign-in-steps";
import { newId } from "./ids";

export interface Person {
  kind: "person";
  id: string;
  username: string;
  displayName: string;
  /** The session's id or, for a program, its token's: what ends when it is revoked. */
  sessionId: string;
  pendingStep: SignInStep | null;
  hasSecondFactor: boolean;
  /** When this session last proved a second factor. */
  mfaAt: Date | null;
  /** Set where a program came with an API token. */
  token: TokenReach | null;
  /** Set where a platform administrator looks at the portal as this person: nothing may be changed then. */
  viewedBy: { id: string; username: string; displayName: string } | null;
}

/** What an API token carries of what its owner may do. */
export interface TokenReach {
  /** Null: everything. */
  permissions: readonly Permission[] | null;
  /** Null: everywhere. */
  environments: readonly string[] | null;
  /** Issued under a fresh second factor, so that it passes where one is asked for. */
  elevated: boolean;
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
