#include <tenon/layers/resizing.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("Resizing and CenterCrop agree with Keras", "[layers][resizing]") {
  support::check_golden("layers/resizing", {
    layer_named<Resizing<5, 7>>("Resizing<5, 7>"),
    layer_named<Resizing<4, 4, Nearest>>("Resizing<4, 4, Nearest>"),
    layer_named<Resizing<5, 3, Bicubic>>("Resizing<5, 3, Bicubic>"),
    layer_named<Resizing<5, 9, Lanczos3>>("Resizing<5, 9, Lanczos3>"),
    layer_named<Resizing<6, 4, Lanczos5>>("Resizing<6, 4, Lanczos5>"),
    layer_named<Resizing<3, 2, Antialias>>("Resizing<3, 2, Antialias>"),
    layer_named<Resizing<3, 3, Bicubic, Antialias>>("Resizing<3, 3, Bicubic, Antialias>"),
    layer_named<Resizing<4, 6, CropToAspectRatio>>("Resizing<4, 6, CropToAspectRatio>"),
    layer_named<Resizing<4, 6, PadToAspectRatio>>("Resizing<4, 6, PadToAspectRatio>"),
    layer_named<Resizing<4, 3, PadToAspectRatio, FillValue<0.5>, Nearest>>("Resizing<4, 3, PadToAspectRatio, FillValue<0.5>, Nearest>"),
    layer_named<CenterCrop<3, 2>>("CenterCrop<3, 2>"),
    layer_named<CenterCrop<4, 6>>("CenterCrop<4, 6>"),
  });
}
