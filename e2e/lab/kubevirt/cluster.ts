import type { Clock } from "./clock";
import type { Pictures } from "./console/pictures";
import type { QemuGuests } from "./console/qemu";
import type { Faults } from "./faults";
import type { GuestWords } from "./guest-words";
import type { Imports } from "./imports";
import type { Inventory } from "./inventory";
import type { Launches } from "./launches";
import type { Ledger } from "./ledger";
import type { Schemas } from "./schema/schemas";
import type { Store } from "./store";
import type { Uploads } from "./upload/uploads";
import type { Watches } from "./watch";

/** What every part of the pretend cluster shares. */
export interface Cluster {
  name: string;
  kubevirtVersion: string;
  inventory: Inventory;
  store: Store;
  clock: Clock;
  schemas: Schemas;
  faults: Faults;
  ledger: Ledger;
  watches: Watches;
  imports: Imports;
  launches: Launches;
  uploads: Uploads;
  /** What the API server has sent; nothing before it listens. */
  bytesSent: () => number;
  pictures: Pictures;
  guestWords: GuestWords;
  /** Real guests instead of drawn ones, where they are asked for and can be had. */
  guests: QemuGuests | undefined;
}
