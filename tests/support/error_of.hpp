// The message of an exception, so that a test can look at it.
#pragma once

#include <stdexcept>
#include <string>

#include "catch.hpp"

namespace support {

/// What the exception that `call` throws says; fails the test if it throws none.
template <class Call>
std::string error_of(Call&& call) {
  try {
    call();
  } catch (const std::exception& error) {
    return error.what();
  }
  FAIL("no exception was thrown");
  return {};
}

}  // namespace support
