/** Names of objects to look at, each once however often it was named, after the present call is done. */
export function createReconcileQueue(reconcile: (key: string) => void): (key: string) => void {
  const waiting = new Set<string>();
  let isScheduled = false;
  const drain = () => {
    isScheduled = false;
    const keys = [...waiting];
    waiting.clear();
    for (const key of keys) reconcile(key);
  };
  return (key) => {
    waiting.add(key);
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(drain);
  };
}
