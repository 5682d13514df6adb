// Runs state machines in Amazon States Language for the Java process that started this one, and dies with it.
//
// One JSON object a line. In: run, answer, time. Out: ready, call, event, clock, ended.
// Tasks are calls into Java. With a virtual clock no timer waits: when nothing else can happen, the earliest is due.
import { createInterface } from 'node:readline';

Promise.withResolvers ??= () => {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
};

const virtual = process.argv.includes('--virtual-clock');
const LIMIT_BYTES = 262144; // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const pending = new Map();
let calls = 0;
let open = 0;

const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');

function ask(message) {
  const call = ++calls;
  open++;
  return new Promise((resolve, reject) => {
    pending.set(call, { resolve, reject });
    say({ ...message, call });
  }).finally(() => {
    open--;
    settle();
  });
}

// Virtual time ------------------------------------------------------------------------------------------------------

const timers = new Map();
let now = 0;
let timerIds = 0;
let settling = false;

if (virtual) {
  globalThis.setTimeout = (callback, ms = 0) => {
    const id = ++timerIds;
    timers.set(id, { due: now + Math.max(0, ms), callback });
    settle();
    return id;
  };
  globalThis.clearTimeout = (id) => timers.delete(id);
}

// Lets every promise that can go on do so, then moves the clock, unless Java still owes an answer.
function settle() {
  if (!virtual || settling) return;
  settling = true;
  setImmediate(async () => {
    settling = false;
    if (open > 0 || timers.size === 0) return;
    const [id, timer] = [...timers].reduce((a, b) => (b[1].due < a[1].due ? b : a));
    timers.delete(id);
    if (timer.due > now) {
      const passed = timer.due - now;
      now = timer.due;
      await ask({ type: 'clock', millis: passed });
    }
    timer.callback();
    settle();
  });
}

// Executions --------------------------------------------------------------------------------------------------------

class TaskError extends Error {
  constructor(name, cause) {
    super(cause);
    this.name = name;
  }
}

function statesOf(definition, type, found = {}) {
  for (const [name, state] of Object.entries(definition.States ?? {})) {
    if (state.Type === type) found[name] = state;
    for (const inner of [state.ItemProcessor, state.Iterator, ...(state.Branches ?? [])]) {
      if (inner) statesOf(inner, type, found);
    }
  }
  return found;
}

function fitting(value) {
  const bytes = Buffer.byteLength(JSON.stringify(value ?? null));
  if (bytes > LIMIT_BYTES) {
    throw new TaskError('States.DataLimitExceeded', `the answer has ${bytes} bytes, of ${LIMIT_BYTES} allowed`);
  }
  return value;
}

const RETRY_COUNT = '$$.State.RetryCount';

// How often the same task was tried before with the same input, and failed.
function retries() {
  const failed = new Map();
  const key = (state, input) => state + ' ' + JSON.stringify(input);
  return {
    filledIn: (state, input) =>
      input && typeof input === 'object' && !Array.isArray(input)
        ? Object.fromEntries(
            Object.entries(input).map(([name, value]) => [
              name,
              value === RETRY_COUNT ? (failed.get(key(state, input)) ?? 0) : value,
            ]),
          )
        : input,
    failed: (state, input) => failed.set(key(state, input), (failed.get(key(state, input)) ?? 0) + 1),
  };
}

function handlers(run, definition) {
  const tried = retries();
  const handler = (state) => async (input) => {
    try {
      return fitting(await ask({ type: 'call', run, state, input: tried.filledIn(state, input) }));
    } catch (failure) {
      tried.failed(state, input);
      throw failure;
    }
  };
  return Object.fromEntries(Object.keys(statesOf(definition, 'Task')).map((name) => [name, handler(name)]));
}

// The interpreter makes up its own start time and hides the execution from nested states: it is given under another
// name. It knows no count of retries: that is filled in by whoever carries out the task. What it does not know at all is
// refused.
function withContext(definition) {
  const text = JSON.stringify(definition).replaceAll(
    /"([^"]+)\.\$":"\$\$\.State\.RetryCount"/g,
    (_, name) => `"${name}":"${RETRY_COUNT}"`,
  );
  const unknown = text.replaceAll(`"${RETRY_COUNT}"`, '').match(/\$\$\.(State|Task|StateMachine)\b[^"]*/);
  if (unknown) throw new Error(`the interpreter does not know ${unknown[0]}`);
  return JSON.parse(text.replaceAll('$$.Execution', () => '$$.Lifeboat.Execution'));
}

const each = (names, value) => Object.fromEntries(names.map((name) => [name, value]));

async function run({ id, definition, input, execution, waitMillis, retryMillis }) {
  const { StateMachine } = await import('aws-local-stepfunctions');
  const machine = new StateMachine(withContext(definition), { validationOptions: { noValidate: true } });
  const overrides = { taskResourceLocalHandlers: handlers(id, definition) };
  if (!virtual) {
    overrides.waitTimeOverrides = each(Object.keys(statesOf(definition, 'Wait')), waitMillis);
    overrides.retryIntervalOverrides = each(
      ['Task', 'Map', 'Parallel'].flatMap((type) => Object.keys(statesOf(definition, type))),
      retryMillis,
    );
  }
  const context = { Lifeboat: { Execution: { ...execution, Input: input } } };
  const started = machine.run(input, { overrides, context });
  const told = tell(id, started.eventLogs);
  try {
    const output = await started.result;
    await told;
    say({ type: 'ended', run: id, output });
  } catch (failure) {
    const cause = failure.cause ?? failure;
    say({ type: 'ended', run: id, error: cause.name ?? 'States.Runtime', cause: String(cause.message) });
  }
}

async function tell(run, events) {
  for await (const event of events) {
    if (event.state) {
      say({ type: 'event', run, what: event.type, state: event.state.name, error: event.Error });
    }
  }
}

// The other side ----------------------------------------------------------------------------------------------------

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line);
    if (message.type === 'run') {
      run(message).catch((failure) =>
        say({ type: 'ended', run: message.id, error: 'States.Runtime', cause: String(failure.stack ?? failure) }),
      );
      return;
    }
    const waiting = pending.get(message.call);
    pending.delete(message.call);
    if (message.error) {
      waiting.reject(new TaskError(message.error, message.cause));
    } else {
      waiting.resolve(message.output);
    }
  })
  .on('close', () => process.exit(0));

process.on('SIGINT', () => {}); // the Java process decides when this one ends

say({ type: 'ready', node: process.version });
