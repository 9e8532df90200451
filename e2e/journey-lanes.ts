/**
 * The journeys run side by side on two stacks, so that none sees the policies and sessions of another lane. Whatever is
 * not named here goes to the second lane.
 */
const administration = [
  ...["adoption", "catalogue", "clusters", "desks", "directory", "emergencies", "identity"],
  ...["quotas", "without-barriers"],
].map((name) => `**/${name}.spec.ts`);

export const laneNames = ["administration", "machines"] as const;

export interface JourneySelection {
  testMatch?: string[];
  testIgnore?: string[];
}

/** The files of the lane that JOURNEY_LANE names; all of them where it names none. */
export function selectJourneys(lane: string | undefined): JourneySelection {
  if (lane === undefined) return {};
  return lane === laneNames[0] ? { testMatch: administration } : { testIgnore: administration };
}

/** Where a lane leaves what it has to say, below test-results. */
export const laneFolder = (lane: string | undefined): string => `journeys-${lane ?? "all"}`;
