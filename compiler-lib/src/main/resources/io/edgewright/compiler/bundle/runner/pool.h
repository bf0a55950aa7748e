/* Shares the tasks of one ew_parallel.run among the threads that are inside ew_pool_work.
 *
 * Every thread has a share of its own, the same neighbouring tasks in every run, so that it finds
 * what it wrote in its own cache; then it helps the others. `left` of a share holds the number of the
 * run in its upper half and how many tasks nobody has taken yet in its lower half, so a thread that
 * comes late and still thinks of an earlier run takes nothing: its compare-and-exchange fails.
 * `task`, `argument`, `count` and `shares` change only while no task is left or running. A run is
 * over when `done` reaches `count`; threads that slept through it do not matter. */
#include "model.h"
#include "system.h"

/* How often a thread looks again before it sleeps: some 20 microseconds, less than it takes to be
 * woken. */
#define LOOKS 400
#define MOST_SHARES 64

typedef struct {
  uint64_t left __attribute__((aligned(64)));
} share;

typedef struct {
  ew_parallel parallel; /* first: an ew_parallel that is a pool */
  void (*task)(void *argument, int64_t index);
  void *argument;
  uint32_t count;
  uint32_t shares;
  uint32_t stopped;
  uint32_t helpers; /* threads that have come to work, ever */
  uint32_t run __attribute__((aligned(64))); /* changes when there is work; threads sleep on it */
  uint32_t sleepers;                         /* threads that do */
  uint32_t done __attribute__((aligned(64)));
  uint32_t waiting; /* whether the thread of the run sleeps on `done` */
  share tasks[MOST_SHARES];
} pool;

/* The first task of a share. */
static uint32_t first_task(const pool *p, uint32_t number) {
  return (uint32_t)((uint64_t)p->count * number / p->shares);
}

/* Takes and runs tasks of a share until none is left. */
static void take_share(pool *p, uint32_t number) {
  uint64_t *left = &p->tasks[number].left;
  uint64_t seen = __atomic_load_n(left, __ATOMIC_ACQUIRE);
  while ((uint32_t)seen != 0) {
    if (!__atomic_compare_exchange_n(left, &seen, seen - 1, 0, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE)) {
      continue;
    }
    p->task(p->argument, (int64_t)(first_task(p, number + 1) - (uint32_t)seen));
    __atomic_fetch_add(&p->done, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&p->waiting, __ATOMIC_SEQ_CST)) futex_wake(&p->done, 1);
    seen = __atomic_load_n(left, __ATOMIC_ACQUIRE);
  }
}

/* Takes and runs tasks until none is left, those of its own share first. */
static void take_tasks(pool *p, uint32_t own) {
  uint32_t shares = __atomic_load_n(&p->shares, __ATOMIC_RELAXED);
  for (uint32_t i = 0; i < shares; i++) take_share(p, (own + i) % shares);
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
  uint32_t run = p->run + 1;
  uint32_t threads = 1 + __atomic_load_n(&p->helpers, __ATOMIC_RELAXED);
  p->task = task;
  p->argument = argument;
  p->count = (uint32_t)count;
  __atomic_store_n(&p->shares, threads < MOST_SHARES ? threads : MOST_SHARES, __ATOMIC_RELAXED);
  __atomic_store_n(&p->done, 0, __ATOMIC_RELAXED);
  for (uint32_t i = 0; i < p->shares; i++) {
    uint64_t tasks = first_task(p, i + 1) - first_task(p, i);
    __atomic_store_n(&p->tasks[i].left, (uint64_t)run << 32 | tasks, __ATOMIC_RELEASE);
  }
  __atomic_store_n(&p->run, run, __ATOMIC_SEQ_CST);
  if (__atomic_load_n(&p->sleepers, __ATOMIC_SEQ_CST)) futex_wake(&p->run, (int)count - 1);
  take_tasks(p, 0);
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
  uint32_t own = __atomic_add_fetch(&p->helpers, 1, __ATOMIC_RELAXED), run = 0;
  while (!__atomic_load_n(&p->stopped, __ATOMIC_ACQUIRE)) {
    take_tasks(p, own);
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
