// The backend of those who name none.
#pragma once

#include <tenon/backend/cpu/cpu.hpp>

namespace tenon {

using DefaultBackend = Cpu;

}  // namespace tenon
