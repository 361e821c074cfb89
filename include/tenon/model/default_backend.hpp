// The backend of those who name none.
#pragma once

#include <tenon/backend/reference.hpp>

namespace tenon {

using DefaultBackend = Reference;

}  // namespace tenon
