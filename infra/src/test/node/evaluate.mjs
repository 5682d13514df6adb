// Evaluates IAM policies offline: reads {policies: {name: document}, cases: [{policy, action, resource, context}]} from
// stdin and answers one result a case, `Allowed`, `ExplicitlyDenied` or `ImplicitlyDenied`.
import {readFileSync} from 'node:fs';
import {runSimulation} from '@cloud-copilot/iam-simulate';

const {account, policies, cases} = JSON.parse(readFileSync(0, 'utf8'));
const results = [];
for (const one of cases) {
    const simulation = {
        request: {
            principal: `arn:aws:iam::${account}:role/${one.policy}`,
            action: one.action,
            resource: {resource: one.resource, accountId: account},
            contextVariables: one.context ?? {},
        },
        identityPolicies: [{name: one.policy, policy: policies[one.policy]}],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: one.resourcePolicy,
    };
    const result = await runSimulation(simulation, {});
    results.push(result.resultType === 'error'
        ? `Error: ${JSON.stringify(result.errors)}`
        : result.overallResult + (result.result?.ignoredContextKeys?.length ? ` ignoring ${result.result.ignoredContextKeys}` : ''));
}
console.log(JSON.stringify(results));
