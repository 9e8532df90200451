import type { PlacementPreview } from "@/lib/requests/schema";

export type CandidateFacts = PlacementPreview["candidates"][number];

/**
 * A storage class is chosen for one cluster; that another one lacks it says nothing about the other, so that reason is
 * taken off everywhere else.
 */
export function candidatesForChoice(
  candidates: readonly CandidateFacts[],
  clusterId: string,
): CandidateFacts[] {
  return candidates.map((candidate) => {
    if (candidate.clusterId === clusterId) return candidate;
    const exclusions = candidate.exclusions.filter(({ params }) => params["reason"] !== "storage_class");
    return { ...candidate, exclusions, eligible: exclusions.length === 0 };
  });
}

/** The chosen cluster while it can take the request, else the recommended one, else the first that can. */
export function chosenCandidate(
  candidates: readonly CandidateFacts[],
  clusterId: string,
): CandidateFacts | undefined {
  const eligible = candidates.filter((candidate) => candidate.eligible);
  return (
    eligible.find((candidate) => candidate.clusterId === clusterId) ??
    eligible.find((candidate) => candidate.recommended) ??
    eligible[0]
  );
}
