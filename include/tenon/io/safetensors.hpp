// Safetensors: tensors with names in one file, read and written.
#pragma once

#include <tenon/io/safetensors_file.hpp>
#include <tenon/io/write_safetensors.hpp>

