// Safetensors: tensors with names in one file, read and written.
#pragma once

#include "safetensors_file.hpp"
#include "write_safetensors.hpp"
