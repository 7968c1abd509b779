/** What this process takes of its machine, under the names that Prometheus's dashboards know. */
import { monitorEventLoopDelay, performance, type EventLoopUtilization } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { Counter, Gauge, type Registry } from 'prom-client';

const resolution = 20;

export class ProcessFigures {
  readonly #delay = monitorEventLoopDelay({ resolution });
  #utilization: EventLoopUtilization = performance.eventLoopUtilization();
  #cpu = process.cpuUsage();

  constructor(registry: Registry, version: string) {
    const registers = [registry];
    const info = new Gauge({
      name: 'continuo_info',
      help: 'Always 1; says which version runs.',
      labelNames: ['version', 'node_version'],
      registers,
    });
    info.set({ version, node_version: process.version }, 1);
    const started = new Gauge({ name: 'process_start_time_seconds', help: 'When this process began, in seconds since 1970.', registers });
    started.set((Date.now() - performance.now()) / 1000);
    this.#memory(registry);
    this.#time(registry);
    this.#delay.enable();
  }

  #memory(registry: Registry): void {
    const told = (name: string, help: string, value: () => number): void => {
      const gauge = new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(value());
        },
      });
      registry.registerMetric(gauge);
    };
    told('process_resident_memory_bytes', 'Memory of the machine that this process takes.', () => process.memoryUsage.rss());
    told('nodejs_heap_size_used_bytes', 'Memory that JavaScript objects take.', () => getHeapStatistics().used_heap_size);
    told('nodejs_heap_size_limit_bytes', 'Memory at which the process would end.', () => getHeapStatistics().heap_size_limit);
    told('nodejs_external_memory_bytes', 'Memory of buffers.', () => process.memoryUsage().external);
    told(
      'nodejs_active_resources',
      'Sockets, files and timers that keep the process awake.',
      () => process.getActiveResourcesInfo().length,
    );
  }

  #time(registry: Registry): void {
    const delay = this.#delay;
    const cpu = (): number => this.#cpuSeconds();
    const utilization = (): number => this.#utilizationSince();
    const seconds = new Counter({
      name: 'process_cpu_seconds_total',
      help: 'Time of processors that this process took.',
      registers: [],
      collect() {
        this.inc(cpu());
      },
    });
    const busy = new Gauge({
      name: 'nodejs_eventloop_utilization',
      help: 'The share of the time since it was last asked in which the event loop was busy.',
      registers: [],
      collect() {
        this.set(utilization());
      },
    });
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - resolution / 1000);
    const lag = new Gauge({
      name: 'nodejs_eventloop_lag_seconds',
      help: 'By how much the event loop was late since it was last asked: p50, p99, max.',
      labelNames: ['at'],
      registers: [],
      collect() {
        this.set({ at: 'p50' }, late(delay.percentile(50)));
        this.set({ at: 'p99' }, late(delay.percentile(99)));
        this.set({ at: 'max' }, late(delay.max));
        delay.reset();
      },
    });
    for (const metric of [seconds, busy, lag]) registry.registerMetric(metric);
  }

  #cpuSeconds(): number {
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    return (user + system) / 1e6;
  }

  #utilizationSince(): number {
    const { utilization } = performance.eventLoopUtilization(this.#utilization);
    this.#utilization = performance.eventLoopUtilization();
    return utilization;
  }

  close(): void {
    this.#delay.disable();
  }
}
