import type { WebSocket } from "ws";
import type { Visitor } from "@/e2e/factories/console-house";
import type { ConsoleHall, Machine } from "../ground/console-hall";

/** A good ticket that has not been used, and where it belongs. */
export interface Ticket {
  hall: ConsoleHall;
  vm: Machine;
  visitor: Visitor;
  token: string;
  jti: string;
}

/** What is sent in place of what a browser would send. */
export interface Attempt {
  address?: string;
  headers?: Record<string, string>;
  protocols?: string[];
  /** Somebody else's session, which is over when the attempt is. */
  held?: WebSocket;
}

/** What is tried, and with what it must be refused. */
export interface Trick {
  expected: number;
  make: (ticket: Ticket) => Attempt | Promise<Attempt>;
}

export type Tricks = Record<string, Trick>;
