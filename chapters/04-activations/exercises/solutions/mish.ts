import { customOperation, type Tensor } from '../../../../core';

const operation = customOperation('mish', {
  forward: (z) => z.mul(z.softplus().tanh()),
  backward: ([z]) => ({
    saves: [z],
    gradients: [
      (g) => {
        const t = z.softplus().tanh();
        const slopeOfTanh = t.mul(t).neg().add(1);
        return g.mul(t.add(z.mul(slopeOfTanh).mul(z.sigmoid())));
      },
    ],
  }),
});

export const mish = (z: Tensor): Tensor => operation(z);
