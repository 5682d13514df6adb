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

function handlers(run, definition) {
  const tasks = Object.entries(statesOf(definition, 'Task'));
  return Object.fromEntries(
    tasks.map(([name]) => [name, async (input) => fitting(await ask({ type: 'call', run, state: name, input }))]),
  );
}

// The interpreter makes up its own start time and hides the execution from nested states: it is given under another
// name. What it does not know at all is refused.
function withContext(definition) {
  const text = JSON.stringify(definition);
  const unknown = text.match(/\$\$\.(State|Task|StateMachine)\b[^"]*/);
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
