// How much memory this process has occupied at most.
#pragma once

#include <cstdio>

/// Bytes; 0 where the system has no /proc. Not getrusage's ru_maxrss: on Linux that begins with the memory of whoever started the process.
inline long peak_memory() {
  long kilobytes = 0;
  if (std::FILE* file = std::fopen("/proc/self/status", "r")) {
    for (char line[256]; std::fgets(line, sizeof line, file) != nullptr;)
      if (std::sscanf(line, "VmHWM: %ld", &kilobytes) == 1) break;
    std::fclose(file);
  }
  return kilobytes * 1024;
}
