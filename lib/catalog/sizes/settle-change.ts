import { readHardware } from "./resolve-hardware";
import type { CreateSize, UpdateSize, WholeSize } from "./schema";

/**
 * The whole size after a change of some members. Hardware that only the overrides spoke of, or nobody, is derived anew,
 * so that taking an override away takes its column back.
 */
export function settleChange(stored: WholeSize, change: UpdateSize): CreateSize {
  const { version: _version, ...members } = change;
  const said = readHardware(stored.specOverrides);
  const kept: Partial<CreateSize> = {
    dedicatedCpu: said.dedicatedCpu === undefined && stored.dedicatedCpu ? true : undefined,
    gpuDevices: said.gpuDevices === undefined ? unlessEmpty(stored.gpuDevices) : undefined,
    sriovNetworks: said.sriovNetworks === undefined ? unlessEmpty(stored.sriovNetworks) : undefined,
    hugepagesSize: said.hugepagesSize === undefined ? (stored.hugepagesSize ?? undefined) : undefined,
  };
  return { ...membersOf(stored), ...kept, ...given(members), name: stored.name };
}

function unlessEmpty<Item>(list: Item[]): Item[] | undefined {
  return list.length === 0 ? undefined : list;
}

function membersOf(stored: WholeSize): CreateSize {
  const { name, displayName, description, cpuCores, cpuRequest, memoryGi, memoryRequestGi } = stored;
  const { defaultDiskGb, minDiskGb, maxDiskGb, dvAccessModes, dvVolumeMode, specOverrides } = stored;
  const { catalogScope, costClass, sortOrder, enabled } = stored;
  return {
    ...{ name, displayName, description, cpuCores, cpuRequest, memoryGi, memoryRequestGi },
    ...{ defaultDiskGb, minDiskGb, maxDiskGb, dvAccessModes, dvVolumeMode, specOverrides },
    ...{ catalogScope, costClass, sortOrder, enabled },
  };
}

type Given<Members> = { [Key in keyof Members]?: Exclude<Members[Key], undefined> };

/** Without the members that are absent, which would otherwise cover what is stored. */
function given<Members extends object>(members: Members): Given<Members> {
  // Leaving out what is undefined changes no other member's type.
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Given<Members>;
}
