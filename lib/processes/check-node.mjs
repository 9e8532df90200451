// Preloaded by every script: the project's own Node is the only one it is tested on.
const WANTED_MAJOR = "24";

if (process.versions.node.split(".")[0] !== WANTED_MAJOR) {
  process.stderr.write(
    `This is Node ${process.version}, and Shepherd runs on Node ${WANTED_MAJOR}, which comes with its packages: ` +
      "start it by npm run (npm run up, npm test).\n",
  );
  process.exit(1);
}
