/** Gates that stopped being gates: from this version on the feature is simply there. */
const generallyAvailable: { since: [number, number]; features: string[] }[] = [
  { since: [1, 0], features: ["LiveMigration"] },
  { since: [1, 4], features: ["NetworkHotplug", "CommonInstancetypesDeployment"] },
  { since: [1, 5], features: ["NUMA"] },
  { since: [1, 6], features: ["GPUAssignment"] },
  { since: [1, 7], features: ["NodeRestriction"] },
];

/** Configured gates together with what the version brings by itself. */
export function enabledFeatures(version: string, featureGates: string[]): string[] {
  const [major, minor] = versionNumbers(version);
  const included = generallyAvailable
    .filter(({ since }) => major > since[0] || (major === since[0] && minor >= since[1]))
    .flatMap(({ features }) => features);
  return [...new Set([...featureGates, ...included])].sort();
}

function versionNumbers(version: string): [number, number] {
  const match = /^v?(\d{1,4})\.(\d{1,4})/.exec(version);
  return match ? [Number(match[1]), Number(match[2])] : [0, 0];
}
