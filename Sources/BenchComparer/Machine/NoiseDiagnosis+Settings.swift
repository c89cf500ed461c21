import BenchModel

// MARK: What stops work

extension NoiseDiagnosis {
  static func limits(_ seen: MachineObservation) -> [NoiseFinding] {
    [load(seen), throttling(seen), containerLimit(seen), swap(seen)]
  }

  /// The average of the last minute. The watch itself is one task, so up to one is nobody else's.
  private static func load(_ seen: MachineObservation) -> NoiseFinding {
    guard let load = seen.state.load else { return NoiseFinding(.load, .unknown, .nothing) }
    let cores = max(1, seen.machine.cores)
    let share = max(0, load - 1) / Double(cores)
    return NoiseFinding(
      .load, share < 0.1 ? .fine : share < 0.5 ? .warning : .bad, .load(load, cores: cores),
      gain: min(1, share) / 2)
  }

  /// A CPU that is slowed down for its heat runs at half its frequency and less.
  private static func throttling(_ seen: MachineObservation) -> NoiseFinding {
    counted(.throttling, seen.heatThrottles, gain: 0.5)
  }

  /// Each time takes up to a whole period, usually 100 ms.
  private static func containerLimit(_ seen: MachineObservation) -> NoiseFinding {
    if let count = seen.limitThrottles, count > 0 {
      return NoiseFinding(.containerLimit, .bad, .count(count), gain: 0.5)
    }
    let limit = seen.machine.containerLimits
    return limit.contains("CPU")
      ? NoiseFinding(.containerLimit, .warning, .words([limit]), gain: 0.1)
      : NoiseFinding(.containerLimit, .fine, .words([limit]))
  }

  private static func swap(_ seen: MachineObservation) -> NoiseFinding {
    if let pages = seen.swappedPages, pages > 0 {
      return NoiseFinding(.swap, .bad, .count(pages), gain: 0.5)
    }
    guard let hasSwap = seen.settings.hasSwap else {
      return NoiseFinding(.swap, .unknown, .nothing)
    }
    let isUsed = (seen.state.swapUsedBytes ?? 0) > 0
    return NoiseFinding(.swap, isUsed ? .warning : .fine, .isOn(hasSwap), gain: 0.05)
  }

  private static func counted(
    _ source: NoiseFinding.Source, _ count: Int?, gain: Double
  ) -> NoiseFinding {
    guard let count else { return NoiseFinding(source, .unknown, .nothing) }
    return NoiseFinding(source, count > 0 ? .bad : .fine, .count(count), gain: gain)
  }
}

// MARK: How the system is set up

extension NoiseDiagnosis {
  static func settings(_ seen: MachineObservation) -> [NoiseFinding] {
    [governor(seen), turbo(seen), power(seen), siblings(seen), clockSource(seen)]
  }

  /// Any governor but this one follows the load, so a sample depends on what ran before. The
  /// drivers of newer Intel and AMD processors call 'powersave' what is nearly as quick, so it
  /// costs less there.
  private static func governor(_ seen: MachineObservation) -> NoiseFinding {
    let governors = seen.settings.governors
    guard !governors.isEmpty else { return NoiseFinding(.governor, .unknown, .nothing) }
    let isSteady = governors == ["performance"]
    let isByHardware = ["intel_pstate", "amd-pstate-epp"].contains(
      seen.settings.frequencyDriver ?? "")
    return NoiseFinding(
      .governor, isSteady ? .fine : .warning, .words(governors), gain: isByHardware ? 0.05 : 0.2)
  }

  /// The frequency above the nominal one depends on heat, and on how many cores work.
  private static func turbo(_ seen: MachineObservation) -> NoiseFinding {
    guard let isOn = seen.state.isTurboOn else { return NoiseFinding(.turbo, .unknown, .nothing) }
    return NoiseFinding(.turbo, isOn ? .warning : .fine, .isOn(isOn), gain: 0.04)
  }

  private static func power(_ seen: MachineObservation) -> NoiseFinding {
    guard let isOnBattery = seen.state.isOnBattery else {
      return NoiseFinding(.power, .fine, .nothing)
    }
    return NoiseFinding(.power, isOnBattery ? .bad : .fine, .isOn(isOnBattery), gain: 0.3)
  }

  /// Two threads of one core share its units and caches: what runs on the other takes up to half.
  private static func siblings(_ seen: MachineObservation) -> NoiseFinding {
    guard let isActive = seen.settings.hasActiveSiblings else {
      return NoiseFinding(.siblings, .unknown, .nothing)
    }
    return NoiseFinding(.siblings, isActive ? .warning : .fine, .isOn(isActive), gain: 0.03)
  }

  /// Reading others takes a system call, a microsecond instead of 23 ns, within every sample.
  private static func clockSource(_ seen: MachineObservation) -> NoiseFinding {
    guard let source = seen.state.clockSource else {
      return NoiseFinding(.clockSource, .unknown, .nothing)
    }
    let isQuick = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"]
      .contains(source)
    return NoiseFinding(.clockSource, isQuick ? .fine : .warning, .words([source]), gain: 0.01)
  }
}

// MARK: What it runs on and beside

extension NoiseDiagnosis {
  static func surroundings(_ seen: MachineObservation) -> [NoiseFinding] {
    [virtualisation(seen), services(seen), addressRandomisation(seen), hugePages(seen)]
  }

  private static func virtualisation(_ seen: MachineObservation) -> NoiseFinding {
    let kind = seen.machine.virtualisation
    // A container by itself shares the kernel with its neighbours, not the hardware with somebody
    // else's; but it may run in a virtual machine.
    let isContainer = ["docker", "podman"].contains(kind)
    let isHidden = isContainer && seen.settings.hasHypervisor == true
    let isShared = isHidden || (!isContainer && kind != "none")
    return NoiseFinding(
      .virtualisation, isShared ? .warning : .fine,
      .words(isHidden ? [kind, "in a virtual machine"] : [kind]), gain: 0.08)
  }

  /// They wait for their time, and take it in the middle of a session.
  private static func services(_ seen: MachineObservation) -> NoiseFinding {
    let names = seen.services + seen.timers
    return NoiseFinding(
      .services, names.isEmpty ? .fine : .warning, .words(names), gain: 0.02)
  }

  /// With randomisation, addresses differ from process to process and are among the noise that ten
  /// processes average; without it, all processes of a build share one layout, and its luck looks
  /// like a change of the code.
  private static func addressRandomisation(_ seen: MachineObservation) -> NoiseFinding {
    guard let value = seen.settings.addressRandomisation else {
      return NoiseFinding(.addressRandomisation, .unknown, .nothing)
    }
    return NoiseFinding(
      .addressRandomisation, value == 0 ? .warning : .fine, .isOn(value != 0), gain: 0.01)
  }

  /// 'always' gives a process huge pages or not, as memory happens to be in pieces.
  private static func hugePages(_ seen: MachineObservation) -> NoiseFinding {
    guard let mode = seen.settings.hugePages else {
      return NoiseFinding(.hugePages, .unknown, .nothing)
    }
    return NoiseFinding(
      .hugePages, mode == "always" ? .warning : .fine, .words([mode]), gain: 0.015)
  }
}
