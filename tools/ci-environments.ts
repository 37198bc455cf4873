import { reportMistake } from "../lib/checked-settings";
import { allEnvironments, type Environment } from "../lib/environments";
import { ciRoleArn } from "../lib/names";

/** What a workflow must know of an environment. */
function forWorkflows(environment: Environment) {
  const { name, region, ci } = environment;
  return {
    name,
    region,
    githubEnvironment: ci?.githubEnvironment ?? name,
    plan: ciRoleArn(environment, "plan"),
    deploy: ciRoleArn(environment, "deploy"),
  };
}

// npm run ci-environments: the environments that have `ci`, as JSON in one line, for a matrix of GitHub Actions
reportMistake(() => {
  const withCi = allEnvironments().filter(({ ci }) => ci);
  console.log(JSON.stringify(withCi.map(forWorkflows)));
});
