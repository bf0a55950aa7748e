/* Shares the tasks of one ew_parallel.run among the threads that are inside ew_pool_work.
 *
 * `work` holds the number of the run in its upper half and how many tasks nobody has taken yet in its
 * lower half, so a thread that comes late and still thinks of an earlier run takes nothing: its
 * compare-and-exchange fails. `task`, `argument` and `count` change only while no task is left or
 * running. A run is over when `done` reaches `count`; threads that slept through it do not matter. */
#include "model.h"
#include "system.h"

/* How often a thread looks again before it sleeps: some 20 microseconds, less than it takes to be
 * woken. */
#define LOOKS 400

typedef struct {
  ew_parallel parallel; /* first: an ew_parallel that is a pool */
  void (*task)(void *argument, int64_t index);
  void *argument;
  uint32_t count;
  uint32_t stopped;
  uint64_t work __attribute__((aligned(64)));
  uint32_t run;      /* changes when there is work; threads sleep on it */
  uint32_t sleepers; /* threads that do */
  uint32_t done __attribute__((aligned(64)));
  uint32_t waiting; /* whether the thread of the run sleeps on `done` */
} pool;

/* Takes and runs tasks until none is left. */
static void take_tasks(pool *p) {
  uint64_t seen = __atomic_load_n(&p->work, __ATOMIC_ACQUIRE);
  while ((uint32_t)seen != 0) {
    if (!__atomic_compare_exchange_n(&p->work, &seen, seen - 1, 0, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE)) {
      continue;
    }
    p->task(p->argument, (int64_t)(p->count - (uint32_t)seen));
    __atomic_fetch_add(&p->done, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&p->waiting, __ATOMIC_SEQ_CST)) futex_wake(&p->done, 1);
    seen = __atomic_load_n(&p->work, __ATOMIC_ACQUIRE);
  }
}

/* Returns when `word` differs from `old`, or at random; counts itself in `asleep` while it sleeps. */
static void wait_while(uint32_t *word, uint32_t old, uint32_t *asleep) {
  for (int look = 0; look < LOOKS; look++) {
    if (__atomic_load_n(word, __ATOMIC_ACQUIRE) != old) return;
    short_pause();
  }
  __atomic_fetch_add(asleep, 1, __ATOMIC_SEQ_CST);
  futex_wait(word, old);
  __atomic_fetch_sub(asleep, 1, __ATOMIC_SEQ_CST);
}

static void run_alone(void (*task)(void *, int64_t), void *argument, int64_t count) {
  for (int64_t index = 0; index < count; index++) task(argument, index);
}

static void run_shared(const ew_parallel *self, void (*task)(void *, int64_t), void *argument,
                       int64_t count) {
  pool *p = (pool *)self;
  if (count < 2 || count > INT32_MAX) {
    run_alone(task, argument, count);
    return;
  }
  p->task = task;
  p->argument = argument;
  p->count = (uint32_t)count;
  __atomic_store_n(&p->done, 0, __ATOMIC_RELAXED);
  uint32_t run = p->run + 1;
  __atomic_store_n(&p->work, (uint64_t)run << 32 | (uint64_t)count, __ATOMIC_RELEASE);
  __atomic_store_n(&p->run, run, __ATOMIC_SEQ_CST);
  if (__atomic_load_n(&p->sleepers, __ATOMIC_SEQ_CST)) futex_wake(&p->run, (int)count - 1);
  take_tasks(p);
  uint32_t done;
  while ((done = __atomic_load_n(&p->done, __ATOMIC_SEQ_CST)) != (uint32_t)count) {
    wait_while(&p->done, done, &p->waiting);
  }
}

uint64_t ew_pool_bytes(void) { return sizeof(pool); }

ew_parallel *ew_pool_make(void *memory) {
  pool *p = memory;
  *p = (pool){.parallel = {run_shared}};
  return &p->parallel;
}

void ew_pool_work(ew_parallel *parallel) {
  pool *p = (pool *)parallel;
  uint32_t run = 0;
  while (!__atomic_load_n(&p->stopped, __ATOMIC_ACQUIRE)) {
    take_tasks(p);
    wait_while(&p->run, run, &p->sleepers);
    run = __atomic_load_n(&p->run, __ATOMIC_ACQUIRE);
  }
}

void ew_pool_stop(ew_parallel *parallel) {
  pool *p = (pool *)parallel;
  __atomic_store_n(&p->stopped, 1, __ATOMIC_SEQ_CST);
  __atomic_fetch_add(&p->run, 1, __ATOMIC_SEQ_CST);
  futex_wake(&p->run, INT32_MAX);
}
