// Preloaded into every child: standard input is a pipe from the parent, and however the parent ends, the pipe closes.
process.stdin.on("end", endWithParent).on("error", endWithParent).resume();
process.stdin.unref?.();

function endWithParent() {
  // Under node --watch the direct parent is the watcher, which would wait for changes for ever.
  if (process.env.WATCH_REPORT_DEPENDENCIES) process.kill(process.ppid, "SIGTERM");
  process.kill(process.pid, "SIGTERM");
}
